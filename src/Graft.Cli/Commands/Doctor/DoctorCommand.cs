using System.CommandLine;

namespace Graft.Cli.Commands.Doctor;

/// <summary><c>graft doctor</c>: its help.</summary>
internal static class DoctorCommand
{
    public static Command Create(GlobalOptionSet globals) =>
        GraftCommand.Create("doctor", "Say what of all that a hotfix needs is there, what is missing, and how to get it", globals, [], (_, session) => new Examination(session).RunAsync());
}
