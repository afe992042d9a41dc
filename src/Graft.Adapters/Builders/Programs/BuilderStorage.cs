using System.ComponentModel;
using Graft.Adapters.Processes;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Programs;

/// <summary>Runs a builder, and keeps its own storage as it was.</summary>
internal sealed class BuilderStorage(BuildProgram program, ProgramRunner runner)
{
    /// <summary>Runs a call and gives each line to <paramref name="say"/>; the exit code.</summary>
    public Task<int> StreamAsync(IReadOnlyList<string> arguments, string folder, long time, Action<string> say, CancellationToken cancellationToken) =>
        runner.StreamAsync(Call(arguments, folder, time), say, cancellationToken);

    /// <summary>Runs a call that has to succeed; its output.</summary>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, string? folder, CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync(Call(arguments, folder, 0), cancellationToken);
        return result.Succeeded
            ? result.Text
            : throw GraftException.Outside($"`{program.Executable} {arguments[0]}` failed with exit code {result.ExitCode}: {Redaction.Of(Words(result))}");
    }

    /// <summary>What the builder says of itself; an outside failure where it is not there or lacks what it takes to build.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await program.DescribeAsync(async arguments =>
            {
                var result = await runner.RunAsync(Call(arguments, null, 0), cancellationToken);
                return new BuilderAnswer(result.Succeeded, result.Text, Redaction.Of(Words(result)));
            });
        }
        catch (GraftException missing) when (missing.InnerException is Win32Exception)
        {
            throw GraftException.Outside(missing.Message, $"install it (Debian, Ubuntu: `apt install {(program.Executable == "docker" ? "docker.io" : program.Executable)}`), or name another builder in graft.yaml: `build: {{ with: … }}`", missing);
        }
    }

    /// <summary>Removes the images whose names begin with a prefix, and containers of builds that were killed while they used one.</summary>
    public async Task RemoveAsync(string prefix, CancellationToken cancellationToken)
    {
        if (!program.HasStorage)
        {
            return;
        }

        var images = Lines(await RunAsync(program.ListImages, null, cancellationToken)).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (images.Count == 0)
        {
            return;
        }

        if (program.ListContainers is { } list)
        {
            var containers = Lines(await RunAsync(list, null, cancellationToken))
                .Select(line => line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Where(fields => fields is [_, var image] && image.StartsWith(prefix, StringComparison.Ordinal))
                .Select(fields => fields[0])
                .ToList();
            if (containers.Count > 0)
            {
                await RunAsync(program.RemoveContainers(containers), null, cancellationToken);
            }
        }

        await RunAsync(program.RemoveImages(images), null, cancellationToken);
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Words(ProgramResult result) => Lines(result.Error).LastOrDefault() ?? Lines(result.Text).LastOrDefault() ?? "it said nothing";

    private ProgramCall Call(IReadOnlyList<string> arguments, string? folder, long time) => new()
    {
        Program = program.Executable,
        Arguments = arguments,
        WorkingDirectory = folder,
        Environment = new Dictionary<string, string?>(program.Environment) { ["SOURCE_DATE_EPOCH"] = time == 0 ? null : $"{time}" },
    };
}
