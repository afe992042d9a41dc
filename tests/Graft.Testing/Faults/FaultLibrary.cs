using Graft.Adapters.Processes;
using Graft.Core.Images;

namespace Graft.Testing.Faults;

/// <summary>The library that breaks a run at one of its calls, compiled from <c>faults.c</c> when that has changed.</summary>
public static class FaultLibrary
{
    private static readonly Lazy<string> Compiled = new(Compile);

    /// <summary>Why there is none here, or null.</summary>
    public static string? Missing =>
        !OperatingSystem.IsLinux() ? "calls are broken by LD_PRELOAD, which is Linux's"
        : !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Any(folder => File.Exists(System.IO.Path.Combine(folder, "gcc"))) ? "gcc is not installed"
        : null;

    /// <summary>Absolute path of the library.</summary>
    public static string Path => Compiled.Value;

    private static string Compile()
    {
        var source = SourceTree.At("tests", "Graft.Testing", "Faults", "faults.c");
        var folder = Directory.CreateDirectory(SourceTree.At("artifacts", "faults")).FullName;
        var library = System.IO.Path.Combine(folder, $"faults-{Digest.Of(File.ReadAllBytes(source)).Hex[..16]}.so");
        if (File.Exists(library))
        {
            return library;
        }

        // Beside its place first: another test process may be doing the same.
        var own = $"{library}.{Environment.ProcessId}";
        var call = new ProgramCall { Program = "gcc", Arguments = ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden", "-o", own, source] };
        var result = TemporaryRepository.Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult();
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.Error);
        }

        File.Move(own, library, overwrite: true);
        return library;
    }
}
