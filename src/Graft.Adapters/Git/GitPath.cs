using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Graft.Adapters.Git;

/// <summary>Paths in git are bytes; here they are text.</summary>
internal static class GitPath
{
    /// <summary>
    /// The bytes as UTF-8. Where they are not, each byte above 0x7F becomes <c>\xNN</c>: such a path can be shown and told apart, but
    /// names no file.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length + 16);
        foreach (var value in bytes)
        {
            _ = value < 0x80 ? text.Append((char)value) : text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }

        return text.ToString();
    }

    /// <summary>Undoes the quotes that git puts around a path with odd bytes when it is one of many words on a line (core.quotePath).</summary>
    public static string Unquote(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
        {
            return Decode(text);
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add(text[i]);
                continue;
            }

            i++;
            if (text[i] is >= (byte)'0' and <= (byte)'3')
            {
                bytes.Add((byte)(((text[i] - '0') << 6) | ((text[i + 1] - '0') << 3) | (text[i + 2] - '0')));
                i += 2;
                continue;
            }

            bytes.Add(text[i] switch
            {
                (byte)'a' => 7,
                (byte)'b' => 8,
                (byte)'t' => 9,
                (byte)'n' => 10,
                (byte)'v' => 11,
                (byte)'f' => 12,
                (byte)'r' => 13,
                var other => other,
            });
        }

        return Decode([.. bytes]);
    }
}
