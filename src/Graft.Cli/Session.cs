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
        async (result, cancellation) =>
        {
            var options = globals.Read(result);
            var composition = new Composition(TimeProvider.System);
            try
            {
                return await run(result, new Session(options, new Screen(options), composition, cancellation));
            }
            finally
            {
                // When one of several questions that are asked side by side fails, nobody waits for the others.
                await composition.Programs.StopAllAsync();
            }
        };
}
