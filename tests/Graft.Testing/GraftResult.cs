using System.Text.Json;

namespace Graft.Testing;

/// <summary>What a run of the program left: its exit code and the text of both outputs.</summary>
public sealed record GraftResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be; anything beside it is an exception.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>Itself, when the run ended with 0; else an exception with what it said.</summary>
    public GraftResult Succeeded() => ExitCode == 0 ? this : throw new InvalidOperationException(ToString());

    /// <inheritdoc/>
    public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Output}--- stderr\n{Error}";
}
