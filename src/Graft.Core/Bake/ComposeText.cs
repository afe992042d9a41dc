using System.Text;

namespace Graft.Core.Bake;

/// <summary>
/// Fills in the variables of a compose file's values (compose-spec, 12-interpolation.md), with their defaults; one that has neither a value nor a default is
/// a gap.
/// </summary>
internal sealed class ComposeText(IReadOnlyDictionary<string, string> variables)
{
    private const int MaximumDepth = 16;
    private static readonly string Gap = BakeValue.Gap.ToString();

    /// <summary>Whether a variable that was filled in has a value of its own.</summary>
    public bool HasUsedValues { get; private set; }

    public string Fill(string text) => text.Contains('$', StringComparison.Ordinal) ? Fill(text, 0) : text;

    private string Fill(string text, int depth)
    {
        var filled = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                filled.Append(text[at++]);
            }
            else if (text[at + 1] == '$')
            {
                filled.Append('$');
                at += 2;
            }
            else if (text[at + 1] == '{' && End(text, at + 2) is var end and >= 0)
            {
                filled.Append(Braced(text[(at + 2)..end], depth));
                at = end + 1;
            }
            else
            {
                var name = at + 1;
                while (name < text.Length && (char.IsAsciiLetterOrDigit(text[name]) || text[name] == '_'))
                {
                    name++;
                }

                filled.Append(name == at + 1 ? "$" : Find(text[(at + 1)..name]) ?? Gap);
                at = name;
            }
        }

        return filled.ToString();
    }

    private string Braced(string inner, int depth)
    {
        var sign = inner.IndexOfAny([':', '-', '+', '?']);
        if (sign <= 0)
        {
            return Find(inner) ?? Gap;
        }

        // With a colon, an empty value is as good as none.
        var asks = inner[sign] == ':' ? sign + 1 : sign;
        var value = Find(inner[..sign]) is { } known && (known.Length > 0 || asks == sign) ? known : null;
        var rest = inner[Math.Min(inner.Length, asks + 1)..];
        return inner.ElementAtOrDefault(asks) switch
        {
            '-' => value ?? (depth < MaximumDepth ? Fill(rest, depth + 1) : Gap),
            '+' => value is null ? "" : depth < MaximumDepth ? Fill(rest, depth + 1) : Gap,
            _ => value ?? Gap,
        };
    }

    private string? Find(string name)
    {
        HasUsedValues |= variables.ContainsKey(name);
        return variables.GetValueOrDefault(name);
    }

    private static int End(string text, int from)
    {
        var open = 1;
        for (var at = from; at < text.Length; at++)
        {
            open += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0)
            {
                return at;
            }
        }

        return -1;
    }
}
