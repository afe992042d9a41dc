using System.CommandLine;

namespace Graft.Cli.Commands.Hotfix.Resume;

/// <summary><c>graft hotfix resume</c>: its argument and help.</summary>
internal static class ResumeCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var name = new Argument<string?>("NAME") { Description = "The hotfix to carry on; may be left out when only one was cut off", Arity = ArgumentArity.ZeroOrOne };
        return GraftCommand.Create(
            "resume", "Carry on a hotfix that was cut off", globals, [name], (result, session) => new Resumption(session, result.GetValue(name)).RunAsync());
    }
}
