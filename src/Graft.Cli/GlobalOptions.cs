using Graft.Core.Failures;

namespace Graft.Cli;

/// <summary>The options that every command takes.</summary>
internal sealed record GlobalOptions
{
    public string Directory { get; init; } = ".";

    public string? Config { get; init; }

    /// <summary>An input failure when the folder to run in is not there.</summary>
    public void RequireDirectory()
    {
        if (!System.IO.Directory.Exists(Directory))
        {
            throw Directory == "."
                ? GraftException.Input("the folder that graft was started in is gone, or its path is not UTF-8", "go to another one")
                : GraftException.Input($"there is no folder '{Directory}'");
        }
    }

    /// <summary>A path that was typed, seen from the folder that <c>-C</c> names.</summary>
    public string PathOf(string typed) => Path.GetFullPath(typed, Path.GetFullPath(Directory));

    /// <summary>The program's name with the options that say where, as a line to type next begins.</summary>
    public string Program =>
        "graft" + (Directory == "." ? "" : $" -C {ShellWord.Quote(Directory)}") + (Config is null ? "" : $" --config {ShellWord.Quote(Config)}");

    public bool Offline { get; init; }

    public bool Json { get; init; }

    public bool Verbose { get; init; }

    public bool Quiet { get; init; }

    public bool Yes { get; init; }

    public bool NoColor { get; init; }
}
