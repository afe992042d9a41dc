using System.Text.Json;
using Graft.Adapters.Files;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Guards;

namespace Graft.Cli.Failures;

/// <summary>Turns an exception into words and an exit code.</summary>
internal static class FailureReport
{
    private const int Bug = 1;
    private const int BrokenPipe = 32;

    public static int Show(Exception exception, Screen screen)
    {
        try
        {
            return ShowAs(exception, screen);
        }
        catch (Exception unwritable) when (screen.Json && unwritable is IOException or UnauthorizedAccessException)
        {
            // No document can be written: the person is told instead.
            screen.Label("error", "red", FileProblem.Describe(unwritable, DisplayPath.Of));
            return (int)FailureKind.Outside;
        }
    }

    private static int ShowAs(Exception exception, Screen screen)
    {
        screen.Restore(isCutShort: exception is OperationCanceledException);
        switch (exception)
        {
            case GuardsRefusedException refused:
                return Refused(refused, screen);
            case GraftException failure:
                return Failed(failure.Kind, failure.Message, failure.Hint, screen);
            case OperationCanceledException:
                return Failed(FailureKind.Interrupted, "interrupted", "nothing was changed", screen);
            case IOException { HResult: BrokenPipe }:
                // Whoever read standard output has seen enough.
                return 0;
            case IOException or UnauthorizedAccessException:
                // A full disk, a file where a folder should be, a folder that may not be written: the user's to mend, wherever it shows.
                return Failed(FailureKind.Outside, FileProblem.Describe(exception, DisplayPath.Of), null, screen);
            default:
                if (screen.Json)
                {
                    screen.Data(ErrorDocument(Bug, "bug", exception.Message, null, []));
                }

                screen.Label("bug", "red", exception.Message);
                screen.Trace(exception);
                screen.Label("hint", "cyan", "this is graft's fault; report it with the lines above");
                return Bug;
        }
    }

    private static int Refused(GuardsRefusedException refused, Screen screen)
    {
        if (screen.Json)
        {
            screen.Data(ErrorDocument((int)FailureKind.Guard, NameOf(FailureKind.Guard), refused.Message, refused.Hint, refused.Findings));
            return (int)FailureKind.Guard;
        }

        GuardReport.Show(refused.Findings, screen);
        return Failed(FailureKind.Guard, refused.Message, refused.Hint, screen);
    }

    private static int Failed(FailureKind kind, string message, string? hint, Screen screen)
    {
        if (screen.Json)
        {
            screen.Data(ErrorDocument((int)kind, NameOf(kind), message, hint, []));
            return (int)kind;
        }

        screen.Label("error", "red", OnOneLine(message));
        if (hint is not null)
        {
            screen.Label("hint", "cyan", OnOneLine(hint));
        }

        return (int)kind;
    }

    // A name from outside that holds a line break would look like two messages.
    private static string OnOneLine(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal);

    private static string NameOf(FailureKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static byte[] ErrorDocument(int code, string kind, string message, string? hint, IReadOnlyList<GuardFinding> findings) =>
        JsonDocuments.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteNumber("code", code);
            writer.WriteString("kind", kind);
            writer.WriteString("message", message);
            writer.WriteString("hint", hint);
            writer.WriteEndObject();
            GuardReport.Write(writer, findings);
            writer.WriteEndObject();
        });
}
