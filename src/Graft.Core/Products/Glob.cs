using System.Diagnostics.CodeAnalysis;
using Graft.Core.Failures;

namespace Graft.Core.Products;

/// <summary>
/// A pattern for paths with <c>/</c>: <c>*</c> and <c>?</c> within one segment, <c>[a-z]</c> and <c>[!a-z]</c>, <c>**</c> as a whole
/// segment for any number of segments (one at least at the end), <c>\</c> before a character that means itself.
/// </summary>
public sealed class Glob
{
    private readonly string text;
    private readonly GlobSegment?[] segments;

    private Glob(string text, GlobSegment?[] segments)
    {
        this.text = text;
        this.segments = segments;
        LastName = segments[^1]?.Literal;
        Literal = segments.All(segment => segment?.Literal is not null) ? string.Join('/', segments.Select(segment => segment!.Literal)) : null;
        var leading = segments.TakeWhile(segment => segment?.Literal is not null).Take(segments.Length - 1).ToList();
        Prefix = string.Concat(leading.Select(segment => segment!.Literal + "/"));
    }

    /// <summary>Whether anything in it can match more than one text.</summary>
    public bool HasWildcards => Literal is null;

    /// <summary>The one path that a pattern without wildcards matches, or null.</summary>
    public string? Literal { get; }

    /// <summary>The name that every match ends with, or null when the last segment has a wildcard.</summary>
    internal string? LastName { get; }

    /// <summary>What every match begins with: the folders before the first wildcard.</summary>
    internal string Prefix { get; }

    /// <summary>Reads a pattern; an input failure when it is empty, absolute, has empty segments or <c>..</c>, or an unclosed bracket.</summary>
    public static Glob Parse(string text) =>
        TryParse(text, out var glob, out var problem) ? glob : throw GraftException.Input($"'{text}' is not a path or a glob: {problem}");

    internal static bool TryParse(string text, [NotNullWhen(true)] out Glob? glob, [NotNullWhen(false)] out string? problem)
    {
        glob = null;
        var parts = text.Split('/');
        problem = text.Length == 0 ? "it is empty"
            : parts[0].Length == 0 ? "it is absolute"
            : parts.Contains("..", StringComparer.Ordinal) ? "it leaves its folder"
            : parts.Any(part => part is "" or ".") ? "it has an empty segment"
            : null;
        if (problem is not null)
        {
            return false;
        }

        var parsed = new GlobSegment?[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            if (parts[index] != "**" && !GlobSegment.TryParse(parts[index], out parsed[index], out problem))
            {
                return false;
            }
        }

        glob = new Glob(text, parsed);
        return true;
    }

    /// <summary>Whether the whole path matches.</summary>
    public bool IsMatch(string path) => Match(path) is not null;

    /// <summary>
    /// What the wildcards matched, from left to right, neighbouring ones as one and each as little as it can; null when the path does not match.
    /// A <c>**</c> gives its segments with the slashes between them, empty when it matched none.
    /// </summary>
    public IReadOnlyList<string>? Match(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var names = path.Split('/');
        return Lengths(names) is { } lengths ? Captures(names, lengths) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    // How many names each segment takes. When a segment does not fit, only the last `**` needs to take more: what came before it
    // matched as early as it could. So the work is at most names times segments.
    private int[]? Lengths(string[] names)
    {
        var lengths = new int[segments.Length];
        var (segment, name, star, resume) = (0, 0, -1, 0);
        while (segment < segments.Length || name < names.Length)
        {
            if (segment < segments.Length && segments[segment] is null)
            {
                // At the end it means what is below the folder, so it takes one name at least.
                var least = segment == segments.Length - 1 ? 1 : 0;
                (star, resume) = (segment, name + least);
                lengths[segment] = least;
                (segment, name) = (segment + 1, resume);
                if (name > names.Length)
                {
                    return null;
                }
            }
            else if (segment < segments.Length && name < names.Length && segments[segment]!.IsMatch(names[name]))
            {
                lengths[segment++] = 1;
                name++;
            }
            else if (star >= 0 && resume < names.Length)
            {
                lengths[star]++;
                (segment, name) = (star + 1, ++resume);
            }
            else
            {
                return null;
            }
        }

        return lengths;
    }

    private List<string> Captures(string[] names, int[] lengths)
    {
        var captures = new List<string>();
        var name = 0;
        for (var segment = 0; segment < segments.Length; name += lengths[segment++])
        {
            if (segments[segment] is { } single)
            {
                single.Capture(names[name], captures);
            }
            else
            {
                captures.Add(string.Join('/', names, name, lengths[segment]));
            }
        }

        return captures;
    }
}
