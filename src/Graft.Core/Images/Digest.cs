using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>A content digest, <c>sha256:</c> and 64 lower-case hex digits or <c>sha512:</c> and 128 (OCI image spec, "Digests").</summary>
public sealed record Digest
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly string text;

    private Digest(string text) => this.text = text;

    /// <summary>The part before the colon: <c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm => text[..text.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The part after the colon.</summary>
    public string Hex => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The digest of 32 bytes that SHA-256 gave.</summary>
    public static Digest OfSha256(ReadOnlySpan<byte> hash) => new("sha256:" + Convert.ToHexStringLower(hash));

    /// <summary>The SHA-256 digest of these bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => OfSha256(System.Security.Cryptography.SHA256.HashData(content));

    /// <summary>Reads <c>ALGORITHM:HEX</c>; an input failure when it is not one.</summary>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw GraftException.Input($"'{text}' is not a digest", "a digest is `sha256:` and 64 lower-case hex digits");

    /// <summary>Reads <c>ALGORITHM:HEX</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = null;
        if (text is null)
        {
            return false;
        }

        var length = text.StartsWith("sha256:", StringComparison.Ordinal) ? 64 : text.StartsWith("sha512:", StringComparison.Ordinal) ? 128 : 0;
        if (length == 0 || text.Length != 7 + length || text.AsSpan(7).ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        digest = new Digest(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => text;
}
