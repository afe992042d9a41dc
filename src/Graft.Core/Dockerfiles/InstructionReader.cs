using System.Text;
using System.Text.Json;
using Graft.Core.Failures;

namespace Graft.Core.Dockerfiles;

/// <summary>Splits one logical line into keyword, flags and arguments; each keyword has its own shape.</summary>
internal sealed class InstructionReader(char escape)
{
    private static readonly string[] Keywords =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL",
        "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ];

    public Instruction Read(string line, SourceLocation location)
    {
        var text = line.Trim();
        var end = text.AsSpan().IndexOfAny(" \t\v\f\r");
        var word = end < 0 ? text : text[..end];
        var keyword = word.ToUpperInvariant();
        if (!Keywords.Contains(keyword))
        {
            throw location.Error($"unknown instruction '{word}'", Nearest.To(keyword, Keywords) is { } near ? $"did you mean `{near}`?" : null);
        }

        var flags = new List<InstructionFlag>();
        var rest = ReadFlags(end < 0 ? "" : text[end..], flags).Trim();
        InstructionFlags.Check(keyword, flags, location);
        var trigger = keyword == "ONBUILD" && rest.Length > 0 ? ReadTrigger(rest, location) : null;
        var (arguments, isJson) = trigger is null ? ReadArguments(keyword, rest, location) : ([], false);
        if (keyword == "SHELL" && !isJson)
        {
            throw location.Error("SHELL takes a JSON array, `SHELL [\"/bin/sh\", \"-c\"]`");
        }

        var least = keyword switch { "COPY" or "ADD" => 2, "CMD" or "ENTRYPOINT" or "ONBUILD" => 0, _ => 1 };
        if (arguments.Count < least || (keyword == "ONBUILD" && trigger is null))
        {
            throw location.Error(least == 2 ? $"'{keyword}' needs a source and a destination" : $"'{keyword}' needs an argument");
        }

        return new Instruction(keyword, flags, arguments, isJson, [], text, trigger, location);
    }

    private Instruction ReadTrigger(string rest, SourceLocation location)
    {
        var trigger = Read(rest, location);
        return trigger.Keyword is "ONBUILD" or "FROM" or "MAINTAINER"
            ? throw location.Error($"'{trigger.Keyword}' cannot be deferred with ONBUILD")
            : trigger;
    }

    private (IReadOnlyList<string> Arguments, bool IsJson) ReadArguments(string keyword, string rest, SourceLocation location)
    {
        switch (keyword)
        {
            case "ENV" or "LABEL":
                return (ReadPairs(keyword, rest, location), false);
            case "ARG":
                return (ReadWords(rest), false);
            case "FROM" or "EXPOSE":
                return (SplitWords(rest), false);
            case "COPY" or "ADD" or "VOLUME":
                return TryReadJson(rest, location) is { } list ? (list, true) : (SplitWords(rest), false);
            case "CMD" or "ENTRYPOINT" or "RUN" or "SHELL":
                return TryReadJson(rest, location) is { } command ? (command, true) : (rest.Length == 0 ? [] : [rest], false);
            case "HEALTHCHECK":
                var words = rest.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return words.Length == 2 && TryReadJson(words[1], location) is { } check ? ([words[0], .. check], true) : (words, false);
            default:
                return (rest.Length == 0 ? [] : [rest], false);
        }
    }

    private static string[] SplitWords(string rest) => rest.Split(' ', '\t', '\v', '\f', '\r').Where(word => word.Length > 0).ToArray();

    /// <summary>A JSON array of strings; null for text that is no JSON array, which docker then reads as plain text.</summary>
    private static List<string>? TryReadJson(string rest, SourceLocation location)
    {
        if (!rest.StartsWith('['))
        {
            return null;
        }

        try
        {
            // As bytes: a text may hold half of a surrogate pair, which as bytes is a replacement character.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(rest));
            return document.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. document.RootElement.EnumerateArray().Select(item => item.GetString()!)]
                : throw location.Error("a JSON array here holds strings only");
        }
        catch (InvalidOperationException)
        {
            throw location.Error("a JSON string here has half of a surrogate pair");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private List<string> ReadPairs(string keyword, string rest, SourceLocation location)
    {
        var words = ReadWords(rest);
        if (words.Count == 0)
        {
            return [];
        }

        if (!words[0].Contains('=', StringComparison.Ordinal))
        {
            // The old form, `ENV NAME the rest is the value`.
            var end = rest.AsSpan().IndexOfAny(" \t\v\f\r");
            return end < 0
                ? throw location.Error($"'{keyword}' needs a name and a value", $"write `{keyword} {words[0]}=VALUE`")
                : [rest[..end], rest[end..].TrimStart(' ', '\t', '\v', '\f', '\r')];
        }

        var pairs = new List<string>();
        foreach (var word in words)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            pairs.AddRange(equals < 0 ? throw location.Error($"'{word}' has no '='", "write `NAME=VALUE`, in quotes where there are spaces") : [word[..equals], word[(equals + 1)..]]);
        }

        return pairs.Where((_, index) => index % 2 == 0).Any(name => name.Length == 0) ? throw location.Error($"'{keyword}' has an empty name") : pairs;
    }

    /// <summary>Words as a shell would part them, with quotes and escapes left in: these go away with substitution.</summary>
    private List<string> ReadWords(string rest)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Finish();
                continue;
            }

            if (c == escape && quote != '\'')
            {
                if (i + 1 == rest.Length)
                {
                    break;
                }

                word.Append(c).Append(rest[++i]);
                continue;
            }

            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = quote == '\0' ? c : quote;
                quoted = true;
            }

            word.Append(c);
        }

        Finish();
        return words;

        void Finish()
        {
            if (word.Length > 0 || quoted)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            quoted = false;
        }
    }

    /// <summary>Takes the flags off the start; what is left begins with the first word that is none.</summary>
    private static string ReadFlags(string rest, List<InstructionFlag> flags)
    {
        var at = 0;
        while (true)
        {
            while (at < rest.Length && char.IsWhiteSpace(rest[at]))
            {
                at++;
            }

            if (!rest.AsSpan(at).StartsWith("--"))
            {
                return rest[at..];
            }

            var flag = ReadFlag(rest, ref at);
            if (flag == "--")
            {
                return rest[at..];
            }

            var equals = flag.IndexOf('=', StringComparison.Ordinal);
            flags.Add(equals < 0 ? new InstructionFlag(flag[2..], null) : new InstructionFlag(flag[2..equals], flag[(equals + 1)..]));
        }
    }

    private static string ReadFlag(string rest, ref int at)
    {
        var flag = new StringBuilder();
        var quote = '\0';
        for (; at < rest.Length && !(quote == '\0' && char.IsWhiteSpace(rest[at])); at++)
        {
            var c = rest[at];
            // Here the escape character is always the backslash, and in both kinds of quotes.
            if (c == '\\')
            {
                if (at + 1 < rest.Length)
                {
                    flag.Append(rest[++at]);
                }
            }
            else if (quote != '\0' && c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = quote == '\0' ? c : quote;
            }
            else
            {
                flag.Append(c);
            }
        }

        return flag.ToString();
    }
}
