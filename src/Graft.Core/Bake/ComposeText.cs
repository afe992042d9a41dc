using System.Text;

namespace Graft.Core.Bake;

/// <summary>Variables in a compose file's values (compose-spec, 12-interpolation.md), with their defaults; one without a default is a gap.</summary>
internal static class ComposeText
{
    private const int MaximumDepth = 16;

    public static string Fill(string text) => text.Contains('$', StringComparison.Ordinal) ? Fill(text, 0) : text;

    private static string Fill(string text, int depth)
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

                filled.Append(name == at + 1 ? "$" : BakeValue.Gap.ToString());
                at = name;
            }
        }

        return filled.ToString();
    }

    private static string Braced(string inner, int depth)
    {
        var sign = inner.IndexOfAny(['-', '+', '?']);
        return sign > 0 && inner[sign] == '-' && depth < MaximumDepth ? Fill(inner[(sign + 1)..], depth + 1)
            // `${NAME+text}` is nothing while NAME is unset.
            : sign > 0 && inner[sign] == '+' ? ""
            : BakeValue.Gap.ToString();
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
