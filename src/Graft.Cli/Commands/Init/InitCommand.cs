using System.CommandLine;

namespace Graft.Cli.Commands.Init;

/// <summary><c>graft init</c>: its options and help.</summary>
internal static class InitCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var force = GraftCommand.Flag("--force", "Replace a graft.yaml that is there");
        var dryRun = GraftCommand.Flag("--dry-run", "Write the file to standard output, and nothing else");
        return GraftCommand.Create(
            "init",
            "Write a graft.yaml from the Dockerfiles, bake files, compose files and manifests that are there",
            globals,
            [force, dryRun],
            (result, session) => new Initialization(session, result.GetValue(force), result.GetValue(dryRun)).RunAsync());
    }
}
