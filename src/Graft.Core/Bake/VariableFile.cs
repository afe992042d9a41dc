namespace Graft.Core.Bake;

/// <summary>Reads <c>.env</c>, the file beside a compose file that gives its variables values (docker compose, "Syntax for environment files").</summary>
public static class VariableFile
{
    /// <summary>The variables; a line that is none, and a value of several lines, are passed over.</summary>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('#')))
        {
            const string export = "export ";
            var pair = (line.StartsWith(export, StringComparison.Ordinal) ? line[export.Length..] : line).Split('=', 2);
            if (pair is [var name, var value] && IsName(name.Trim()) && Value(value.Trim(), variables) is { } known)
            {
                variables[name.Trim()] = known;
            }
        }

        return variables;
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string? Value(string text, Dictionary<string, string> variables)
    {
        if (text is ['\'' or '"', ..])
        {
            var end = text.IndexOf(text[0], 1);
            return end < 0 ? null : text[0] == '"' ? Filled(text[1..end], variables) : text[1..end];
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return Filled((comment < 0 ? text : text[..comment]).TrimEnd(), variables);
    }

    private static string Filled(string text, Dictionary<string, string> variables) => new ComposeText(variables).Fill(text);
}
