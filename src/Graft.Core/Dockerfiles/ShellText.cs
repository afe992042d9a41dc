using System.Text;

namespace Graft.Core.Dockerfiles;

/// <summary>
/// Substitutes variables and takes quotes off, as BuildKit does for an instruction's words: <c>$X</c>, <c>${X}</c>, the modifiers
/// <c>:- - :+ + :? ? # ## % %% / //</c>, single and double quotes, the escape character. It is a shell's grammar in part only.
/// Text that cannot be read is a <see cref="FormatException"/>, whose message the caller puts behind a place.
/// </summary>
public sealed class ShellText(char escape, Func<string, string?> valueOf)
{
    private const char None = '\0';
    private string text = "";
    private int at;
    private bool rawEscapes;

    /// <summary>Leaves quotes where they are (but still minds them).</summary>
    public bool KeepQuotes { get; init; }

    /// <summary>Leaves escape characters where they are.</summary>
    public bool KeepEscapes { get; init; }

    /// <summary>Reads quotes as ordinary characters, as in an inline file.</summary>
    public bool IgnoreQuotes { get; init; }

    /// <summary>Leaves variables without a value as they are written.</summary>
    public bool KeepUnset { get; init; }

    /// <summary>The variables that were asked for and have no value.</summary>
    public ISet<string> Unset { get; } = new HashSet<string>();

    /// <summary>The text with variables substituted.</summary>
    public string Expand(string source) => Read(source).Text;

    /// <summary>The words of the text after substitution; unquoted white space parts them.</summary>
    public IReadOnlyList<string> Split(string source) => Read(source).Words;

    private char Next => at < text.Length ? text[at] : None;

    private char Next2 => at + 1 < text.Length ? text[at + 1] : None;

    private (string Text, IReadOnlyList<string> Words) Read(string source)
    {
        text = source;
        at = 0;
        rawEscapes = KeepEscapes;
        var words = new ShellWords();
        return (ReadUntil(None, rawEscapes, words), words.Finish());
    }

    private string ReadUntil(char stop, bool raw, ShellWords? words)
    {
        var result = new StringBuilder();
        var before = rawEscapes;
        rawEscapes = raw;
        while (at < text.Length)
        {
            var c = text[at];
            if (stop != None && c == stop)
            {
                at++;
                rawEscapes = before;
                return result.ToString();
            }

            if (c == '$')
            {
                var value = ReadVariable();
                result.Append(value);
                words?.AddText(value);
            }
            else if (c is '\'' or '"' && !IgnoreQuotes)
            {
                var value = c == '"' ? ReadDoubleQuoted() : ReadSingleQuoted();
                result.Append(value);
                words?.AddQuoted(value);
            }
            else if (c == '<' && Next2 == '<')
            {
                // White space behind `<<` belongs to the word, so that `<< EOF` is one.
                var start = at;
                at += 2;
                while (Next is ' ' or '\t' or '\r')
                {
                    at++;
                }

                result.Append(text, start, at - start);
                words?.AddQuoted(text[start..at]);
            }
            else if (c == escape)
            {
                at++;
                var escaped = at < text.Length ? text[at++].ToString() : "";
                var value = rawEscapes ? escape + escaped : escaped;
                result.Append(value);
                words?.AddQuoted(value);
            }
            else
            {
                at++;
                result.Append(c);
                words?.Add(c);
            }
        }

        rawEscapes = before;
        return stop == None ? result.ToString() : throw new FormatException($"'{stop}' is missing in a substitution");
    }

    private string ReadSingleQuoted()
    {
        var end = text.IndexOf('\'', at + 1);
        if (end < 0)
        {
            throw new FormatException("a single quote is not closed");
        }

        var value = KeepQuotes ? text[at..(end + 1)] : text[(at + 1)..end];
        at = end + 1;
        return value;
    }

    private string ReadDoubleQuoted()
    {
        var result = new StringBuilder();
        at++;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '"')
            {
                at++;
                return KeepQuotes ? $"\"{result}\"" : result.ToString();
            }

            if (c == '$')
            {
                result.Append(ReadVariable());
                continue;
            }

            at++;
            if (c == escape)
            {
                if (rawEscapes)
                {
                    result.Append(c);
                }

                if (at == text.Length)
                {
                    break;
                }

                // Only these can be escaped within double quotes; any other escape character stays.
                if (Next is '"' or '$' || Next == escape)
                {
                    c = text[at++];
                }
            }

            result.Append(c);
        }

        throw new FormatException("a double quote is not closed");
    }

    private string ReadVariable()
    {
        at++;
        if (Next != '{')
        {
            var plain = ReadName();
            return plain.Length == 0 ? "$" : Find(plain) ?? (KeepUnset ? "$" + plain : "");
        }

        at++;
        if (at == text.Length)
        {
            throw new FormatException("'}' is missing in a substitution");
        }

        if (Next is '{' or '}' or ':')
        {
            throw new FormatException("bad substitution");
        }

        var name = ReadName();
        var modifier = at < text.Length ? text[at++] : throw new FormatException("'}' is missing in a substitution");
        if (modifier == '}')
        {
            return Find(name) ?? (KeepUnset ? $"${{{name}}}" : "");
        }

        if (modifier == '/')
        {
            return ReadReplacement(name);
        }

        var emptyIsUnset = modifier == ':';
        if (emptyIsUnset)
        {
            modifier = at < text.Length ? text[at++] : throw new FormatException("'}' is missing in a substitution");
        }

        if (modifier is not ('-' or '+' or '?' or '#' or '%'))
        {
            throw new FormatException($"unknown modifier '{(emptyIsUnset ? ":" : "")}{modifier}' in a substitution");
        }

        return Modify(name, emptyIsUnset, modifier, ReadUntil('}', modifier is '#' or '%', null));
    }

    private string Modify(string name, bool emptyIsUnset, char modifier, string word)
    {
        // A default stands in for the value, so an unset variable with one is not remembered as unset.
        var value = modifier is '-' or '+' ? valueOf(name) : Find(name);
        if (value is null && KeepUnset)
        {
            return $"${{{name}{(emptyIsUnset ? ":" : "")}{modifier}{word}}}";
        }

        var missing = value is null || (emptyIsUnset && value.Length == 0);
        return modifier switch
        {
            '-' => missing ? word : value!,
            '+' => missing ? "" : word,
            '?' when missing => throw new FormatException($"'{name}': {(word.Length > 0 ? word : value is null ? "has no value" : "is empty")}"),
            '?' => value!,
            _ when value is null => "",
            '#' => word.StartsWith('#') ? ShellPattern.TrimStart(value, word[1..], longest: true) : ShellPattern.TrimStart(value, word, longest: false),
            _ => word.StartsWith('%') ? ShellPattern.TrimEnd(value, word[1..], longest: true) : ShellPattern.TrimEnd(value, word, longest: false),
        };
    }

    private string ReadReplacement(string name)
    {
        var all = Next == '/';
        at += all ? 1 : 0;
        var pattern = ReadUntil('/', raw: true, null);
        var replacement = ReadUntil('}', raw: true, null);
        return Find(name) is { } value
            ? ShellPattern.Replace(value, pattern, replacement, all)
            : KeepUnset ? $"${{{name}/{pattern}/{replacement}}}" : "";
    }

    private string ReadName()
    {
        var start = at;
        if (at < text.Length && text[at] is '@' or '*' or '#' or '?' or '-' or '$' or '!' or '0')
        {
            return text[at++].ToString();
        }

        var digitsOnly = at < text.Length && char.IsDigit(text[at]);
        while (at < text.Length && (char.IsDigit(text[at]) || (!digitsOnly && (char.IsLetter(text[at]) || text[at] == '_'))))
        {
            at++;
        }

        return text[start..at];
    }

    private string? Find(string name)
    {
        var value = valueOf(name);
        if (value is null)
        {
            Unset.Add(name);
        }

        return value;
    }
}
