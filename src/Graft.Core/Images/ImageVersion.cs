using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>
/// What stands behind an image's name: a tag, a digest (<c>@sha256:…</c>), or both (<c>TAG@sha256:…</c>).
/// A tag is <c>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}</c>, by the grammar of the distribution project.
/// </summary>
public sealed partial record ImageVersion
{
    private ImageVersion(string? tag, Digest? digest)
    {
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The tag, or null when there is only a digest.</summary>
    public string? Tag { get; }

    /// <summary>The digest, or null when there is only a tag.</summary>
    public Digest? Digest { get; }

    /// <summary>Reads <c>TAG</c>, <c>@DIGEST</c> or <c>TAG@DIGEST</c>; an input failure when it is none of them.</summary>
    public static ImageVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw GraftException.Input($"'{text}' is not an image version", "a version is a tag, `@sha256:…`, or `TAG@sha256:…`");

    /// <summary>Reads <c>TAG</c>, <c>@DIGEST</c> or <c>TAG@DIGEST</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageVersion? version)
    {
        version = null;
        if (text is null)
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var tag = at < 0 ? text : text[..at];
        Digest? digest = null;
        if (at >= 0 && !Digest.TryParse(text[(at + 1)..], out digest))
        {
            return false;
        }

        if (tag.Length == 0 ? digest is null : !TagGrammar().IsMatch(tag))
        {
            return false;
        }

        version = new ImageVersion(tag.Length == 0 ? null : tag, digest);
        return true;
    }

    /// <summary>The version as it stands after a name in a mapping: <c>TAG</c>, <c>@DIGEST</c> or <c>TAG@DIGEST</c>.</summary>
    public override string ToString() => Digest is null ? Tag! : $"{Tag}@{Digest}";

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagGrammar();
}
