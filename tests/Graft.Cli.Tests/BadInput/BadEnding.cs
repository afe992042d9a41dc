using System.Text.Json;
using Graft.Testing;

namespace Graft.Cli.Tests.BadInput;

/// <summary>What is wrong with how a run ended: nothing, or a sentence for each thing.</summary>
internal static class BadEnding
{
    // What only the program's own failure says: a trace, the names of its types.
    private static readonly string[] Insides = ["bug: ", "Exception", "   at ", "System.", "Graft.Core", "Graft.Cli", "Unhandled"];

    public static IEnumerable<string> OfText(BadCase bad, GraftResult result)
    {
        foreach (var problem in OfBoth(bad, result))
        {
            yield return problem;
        }

        foreach (var text in bad.Says.Where(text => !result.Error.Contains(text, StringComparison.Ordinal)))
        {
            yield return $"it does not say: {text}";
        }

        foreach (var text in bad.Shows.Where(text => !result.Output.Contains(text, StringComparison.Ordinal)))
        {
            yield return $"it does not show: {text}";
        }

        if (bad.Code != 0 && result.Output.Length > 0)
        {
            yield return "it shows something all the same";
        }

        if (bad.Code == 0 == result.Error.Split('\n').Any(line => line.StartsWith("error: ", StringComparison.Ordinal) || (bad.Code != 0 && line.StartsWith("warning: ", StringComparison.Ordinal))))
        {
            yield return bad.Code == 0 ? "it says an error" : "it says no error";
        }
    }

    public static IEnumerable<string> OfDocument(BadCase bad, GraftResult result)
    {
        foreach (var problem in OfBoth(bad, result))
        {
            yield return problem;
        }

        JsonElement root;
        try
        {
            root = JsonDocument.Parse(result.Output, new JsonDocumentOptions { MaxDepth = 10_000 }).RootElement;
        }
        catch (JsonException)
        {
            root = default;
        }

        if (root.ValueKind == JsonValueKind.Undefined)
        {
            yield return "it is no JSON document";
        }
        else if (bad.Code != 0 && root.TryGetProperty("error", out var error) && (error.GetProperty("code").GetInt32() != bad.Code || string.IsNullOrEmpty(error.GetProperty("message").GetString())))
        {
            yield return "its error is another";
        }
    }

    private static IEnumerable<string> OfBoth(BadCase bad, GraftResult result)
    {
        if (result.ExitCode != bad.Code)
        {
            yield return $"the exit code is {result.ExitCode}, not {bad.Code}";
        }

        foreach (var text in Insides.Concat(bad.Hides).Where(text => result.Error.Contains(text, StringComparison.Ordinal) || result.Output.Contains(text, StringComparison.Ordinal)))
        {
            yield return $"it says: {text}";
        }

        if ((result.Error + result.Output).Any(c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u202E'))
        {
            yield return "it says what a terminal obeys";
        }
    }
}
