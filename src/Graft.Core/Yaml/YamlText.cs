using System.Text;
using Graft.Core.Failures;

namespace Graft.Core.Yaml;

/// <summary>
/// The characters of a YAML file. Strict UTF-8 decodes and encodes without loss, so positions in <see cref="Text"/> may be spliced and the
/// bytes around them come out as they were. A byte order mark is set aside: YamlDotNet would take it for part of the first key.
/// </summary>
internal sealed record YamlText(string File, string Text, bool HasByteOrderMark)
{
    private const int MaximumLength = 10 * 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public static YamlText Decode(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length > MaximumLength)
        {
            throw TooLarge(file);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw new SourceLocation(file, 1, 1).Error("the file is UTF-16", "write it as UTF-8");
        }

        var marked = bytes.StartsWith(Mark);
        var content = marked ? bytes[Mark.Length..] : bytes;
        try
        {
            return Checked(file, Strict.GetString(content), marked);
        }
        catch (DecoderFallbackException failure)
        {
            var before = Encoding.UTF8.GetString(content[..Math.Max(0, Math.Min(failure.Index, content.Length))]);
            throw Locate(file, before, before.Length).Error("the file is not UTF-8");
        }
    }

    public static YamlText Of(string text, string file)
    {
        if (text.Length > MaximumLength)
        {
            throw TooLarge(file);
        }

        var marked = text.StartsWith('\uFEFF');
        return Checked(file, marked ? text[1..] : text, marked);
    }

    /// <summary>The bytes of another text with this one's byte order mark, or lack of it.</summary>
    public byte[] Encode(string text) => HasByteOrderMark ? [.. Mark, .. Strict.GetBytes(text)] : Strict.GetBytes(text);

    private static YamlText Checked(string file, string text, bool marked)
    {
        var nul = text.IndexOf('\0', StringComparison.Ordinal);
        return nul < 0 ? new YamlText(file, text, marked) : throw Locate(file, text, nul).Error("the file holds a NUL character");
    }

    private static GraftException TooLarge(string file) => new SourceLocation(file, 1, 1).Error("the file is larger than 10 MB");

    private static SourceLocation Locate(string file, string text, int index)
    {
        var before = text.AsSpan(0, index);
        return new SourceLocation(file, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
