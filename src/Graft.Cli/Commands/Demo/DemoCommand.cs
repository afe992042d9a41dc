using System.CommandLine;

namespace Graft.Cli.Commands.Demo;

/// <summary><c>graft demo</c>: its argument and help.</summary>
internal static class DemoCommand
{
    /// <summary>The command; it cuts its hotfix through the same line that a user would type.</summary>
    public static Command Create(GlobalOptionSet globals, Func<IReadOnlyList<string>, CancellationToken, Task<int>> runLine)
    {
        var folder = new Argument<string?>("FOLDER") { Description = "An empty folder, or one to be made; default: a fresh temporary one", Arity = ArgumentArity.ZeroOrOne };
        return GraftCommand.Create(
            "demo",
            "Make a small product with a live release, and cut a hotfix of it",
            globals,
            [folder],
            (result, session) => new Demonstration(session, result.GetValue(folder), runLine).RunAsync());
    }
}
