using Graft.Adapters.Processes;

namespace Graft.Testing;

/// <summary>Stands before programs in PATH: what each is called with is written down, then the real one runs.</summary>
public sealed class RecordedPrograms
{
    private readonly string folder;
    private readonly string record;

    /// <summary>Makes the stand-ins in a folder that is not there yet.</summary>
    public RecordedPrograms(string folder, params IReadOnlyList<string> programs)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        record = Path.Combine(folder, "arguments");
        foreach (var program in programs)
        {
            var real = Find(program);
            var path = Path.Combine(folder, program);
            File.WriteAllText(path, $"#!/bin/sh\nprintf '%s\\n' \"{program}\" \"$@\" '' >> '{record}'\nexec '{real}' \"$@\"\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A PATH that begins with them.</summary>
    public string SearchPath => $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Every argument of every call, a line each; an empty line ends a call.</summary>
    public string Arguments => File.Exists(record) ? File.ReadAllText(record) : "";

    private static string Find(string program)
    {
        var call = new ProgramCall { Program = "sh", Arguments = ["-c", "command -v \"$0\"", program] };
        return TemporaryRepository.Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult().Text.TrimEnd('\n');
    }
}
