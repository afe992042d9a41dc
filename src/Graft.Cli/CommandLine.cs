using System.CommandLine;
using Graft.Cli.Commands;
using Graft.Cli.Failures;
using Graft.Cli.Terminal;
using Graft.Core.Failures;

namespace Graft.Cli;

/// <summary>From arguments to an exit code: parse, complain in our own voice, run, and turn whatever flies into words.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(IReadOnlyList<string> args) => RunAsync(args, Interruption.Listen());

    private static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var tree = new CommandTree(RunAsync);
        // A response file would make `@sha256:…` a file name.
        var result = tree.Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        var options = tree.Globals.Read(result);
        var screen = new Screen(options);
        try
        {
            UsageErrors.Check(result, args);

            return await result.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken);
        }
        catch (GraftException exception) when (exception.Kind == FailureKind.Outside && cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C reaches the programs that were started too; what they say of it is not the reason.
            return FailureReport.Show(new OperationCanceledException(exception.Message, exception, cancellationToken), screen);
        }
        catch (Exception exception)
        {
            return FailureReport.Show(exception, screen);
        }
    }
}
