using System.CommandLine;
using Graft.Cli.Commands;
using Graft.Cli.Terminal;

namespace Graft.Cli;

/// <summary>What a command runs with: its options, the screen, the adapters, and the word to stop.</summary>
internal sealed record Session(GlobalOptions Options, Screen Screen, Composition Composition, CancellationToken Cancellation)
{
    /// <summary>The questions, for a command that has made sure that they can be asked.</summary>
    public Prompts Prompts => new(Screen);

    /// <summary>Makes a command's action of a method that takes a session.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(GlobalOptionSet globals, Func<ParseResult, Session, Task<int>> run) =>
        (result, cancellation) =>
        {
            var options = globals.Read(result);
            return run(result, new Session(options, new Screen(options), new Composition(TimeProvider.System), cancellation));
        };
}
