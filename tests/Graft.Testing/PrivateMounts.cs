using Graft.Adapters.Processes;

namespace Graft.Testing;

/// <summary>Runs shell scripts that mount what they like: in a mount namespace of their own (unshare(1)), which is gone when they end.</summary>
public static class PrivateMounts
{
    private static readonly Lazy<string?> Reason = new(Look);

    /// <summary>Why there are none here, or null.</summary>
    public static string? Missing => Reason.Value;

    /// <summary>Runs a script with <c>sh -e</c> to its end; its arguments are <c>$1</c>, <c>$2</c>, ….</summary>
    public static GraftResult Run(string script, string directory, IReadOnlyDictionary<string, string?> variables, params IReadOnlyList<string> arguments)
    {
        // Who is not root is made root in a user namespace.
        string[] how = Environment.UserName == "root" ? ["--mount"] : ["--mount", "--map-root-user"];
        var call = new ProgramCall
        {
            Program = "unshare",
            Arguments = [.. how, "sh", "-e", "-c", script, "sh", .. arguments],
            WorkingDirectory = directory,
            Environment = variables,
        };
        var result = TemporaryRepository.Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult();
        return new GraftResult(result.ExitCode, result.Text, result.Error);
    }

    private static string? Look()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "mount namespaces are Linux's";
        }

        using var folder = new TemporaryFolder();
        var result = Run("mount -t tmpfs none \"$1\"", folder.Path, new Dictionary<string, string?>(), folder.Path);
        return result.ExitCode == 0 ? null : $"nothing can be mounted here: {result.Error.Trim()}";
    }
}
