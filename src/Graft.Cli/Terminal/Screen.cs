using Spectre.Console;

namespace Graft.Cli.Terminal;

/// <summary>Where data goes (standard output) and where talk goes (standard error). Nothing else touches the console.</summary>
internal sealed class Screen
{
    private readonly GlobalOptions options;
    private readonly Lazy<IAnsiConsole> talk;
    private readonly Lazy<Stream> output = new(Console.OpenStandardOutput);

    public Screen(GlobalOptions options)
    {
        this.options = options;
        talk = new Lazy<IAnsiConsole>(CreateTalk);
    }

    /// <summary>Whether a person can be asked: standard input and standard error are terminals.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Standard input, for an option whose value is <c>-</c>.</summary>
    public static Stream OpenInput() => Console.OpenStandardInput();

    /// <summary>Whether standard error shows moving text.</summary>
    public bool IsLive => CanAsk && !options.Quiet;

    /// <summary>Whether one JSON document is wanted instead of text.</summary>
    public bool Json => options.Json;

    /// <summary>Standard error, with markup.</summary>
    public IAnsiConsole Talk => talk.Value;

    /// <summary>Writes bytes that somebody may pipe, as they are.</summary>
    public void Data(ReadOnlySpan<byte> bytes)
    {
        output.Value.Write(bytes);
        output.Value.Flush();
    }

    /// <summary>Writes text that somebody may pipe.</summary>
    public void Data(string text) => Data(System.Text.Encoding.UTF8.GetBytes(Printable.Text(text)));

    /// <summary>Writes what was asked for: a document for a program, else text for a person.</summary>
    public void Data(Func<byte[]> document, Func<string> text)
    {
        if (Json)
        {
            Data(document());
        }
        else
        {
            Data(text());
        }
    }

    /// <summary>Says something to the person, unless they asked for quiet.</summary>
    public void Say(string text)
    {
        if (!options.Quiet)
        {
            Line(text);
        }
    }

    /// <summary>Says something only to a person who asked for more.</summary>
    public void Detail(string text)
    {
        if (options.Verbose)
        {
            Line(text);
        }
    }

    /// <summary>Says something that matters, on a line of its own with a coloured label before it.</summary>
    public void Label(string label, string color, string text)
    {
        Quietly(() => Talk.Markup($"[{color}]{label}:[/] "));
        Line(Printable.Line(text));
    }

    /// <summary>Says where a program of Graft's own went wrong, whatever the person asked for.</summary>
    public void Trace(Exception exception) => Line(exception.ToString());

    /// <summary>Warns.</summary>
    public void Warn(string text) => Label("warning", "yellow", text);

    /// <summary>Shows the cursor again, which a prompt may have hidden, and ends the line that it was cut short in.</summary>
    public void Restore(bool isCutShort)
    {
        if (!CanAsk)
        {
            return;
        }

        Talk.Cursor.Show();
        if (isCutShort)
        {
            Talk.WriteLine();
        }
    }

    // Not through the ANSI console, which would break long lines at the terminal's width.
    private static void Line(string text) => Quietly(() => Console.Error.WriteLine(Printable.Text(text)));

    // Talk that cannot be written (a log on a full disk, a pipe that is closed) is no reason to stop the work.
    private static void Quietly(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
        }
    }

    private IAnsiConsole CreateTalk()
    {
        var plain = options.NoColor || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || Console.IsErrorRedirected;
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = CanAsk ? InteractionSupport.Yes : InteractionSupport.No,
        });
    }
}
