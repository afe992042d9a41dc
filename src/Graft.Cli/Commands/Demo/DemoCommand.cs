using System.CommandLine;

namespace Graft.Cli.Commands.Demo;

/// <summary>x</summary>
internal static class DemoCommand
{
    public static Command Create(GlobalOptionSet globals) => GraftCommand.Create("demo", "Cut a hotfix of a small made-up product, to watch and to play with", globals, [], (_, _) => Task.FromResult(0));
}
