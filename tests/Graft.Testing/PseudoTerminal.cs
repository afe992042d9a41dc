namespace Graft.Testing;

/// <summary>
/// A program on a real pseudo-terminal, made by util-linux's <c>script</c>: standard input, output and error are the terminal, and keys
/// are typed into it.
/// </summary>
public sealed class PseudoTerminal : IDisposable
{
    private readonly RunningProgram script;

    /// <summary>Starts it on a terminal of 50 lines and 200 columns.</summary>
    public PseudoTerminal(string program, IReadOnlyList<string> arguments, string directory, IReadOnlyDictionary<string, string?> variables)
    {
        // script runs a line of shell; each word is quoted, so that it arrives as it is.
        var words = string.Join(' ', new[] { program }.Concat(arguments).Select(word => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
        script = new RunningProgram(
            "script",
            ["--quiet", "--return", "--flush", "--command", $"stty rows 50 columns 200; exec {words}", "/dev/null"],
            directory,
            new Dictionary<string, string?>(variables) { ["SHELL"] = "/bin/sh" });
    }

    /// <summary>All that the terminal was told so far, control sequences left out.</summary>
    public string Screen => SaidText.Plain(script.Output);

    /// <summary>Waits until a text is shown that comes after the last one that was waited for.</summary>
    public void WaitFor(string text) => script.WaitForOutput(text);

    /// <summary>Types keys.</summary>
    public void Send(string keys) => script.Write(keys);

    /// <summary>Waits for a text, then types.</summary>
    public void Answer(string question, string keys)
    {
        WaitFor(question);
        Send(keys);
    }

    /// <summary>Waits for the end; the exit code and all that was shown, with control sequences.</summary>
    public GraftResult WaitForExit() => script.WaitForExit();

    /// <inheritdoc/>
    public void Dispose() => script.Dispose();
}

/// <summary>Keys as a terminal sends them.</summary>
public static class Keys
{
    /// <summary>Enter.</summary>
    public const string Enter = "\r";

    /// <summary>Space, which marks a choice.</summary>
    public const string Space = " ";

    /// <summary>The arrow down.</summary>
    public const string Down = "\u001b[B";

    /// <summary>Ctrl-C.</summary>
    public const string Interrupt = "\u0003";
}
