using System.Text;

namespace Graft.Adapters.Registry;

/// <summary>How a registry wants to be convinced (RFC 9110, "WWW-Authenticate"): the scheme and its parameters, names in lower case.</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && Parameters.ContainsKey("realm");

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the parameters of a challenge: <c>name=token</c> or <c>name="text"</c>, separated by commas. What is malformed is left out.</summary>
    public static Challenge Parse(string scheme, string? text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = (text ?? "").AsSpan();
        while (rest.IndexOf('=') is >= 0 and var equals)
        {
            var name = rest[..equals].Trim(" ,\t").ToString().ToLowerInvariant();
            rest = rest[(equals + 1)..].TrimStart();
            var (value, length) = rest.StartsWith("\"") ? Quoted(rest) : Bare(rest);
            parameters.TryAdd(name, value);
            rest = rest[length..];
        }

        return new Challenge(scheme, parameters);
    }

    private static (string Value, int Length) Bare(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        var length = comma < 0 ? text.Length : comma;
        return (text[..length].Trim().ToString(), length);
    }

    private static (string Value, int Length) Quoted(ReadOnlySpan<char> text)
    {
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    return (value.ToString(), i + 1);
                case '\\' when i + 1 < text.Length:
                    value.Append(text[++i]);
                    break;
                default:
                    value.Append(text[i]);
                    break;
            }
        }

        return (value.ToString(), text.Length);
    }
}
