namespace Graft.Core.Dockerfiles;

/// <summary>
/// A source of COPY or ADD, cut into segments as if from the context's root: each is a name, or a pattern by the rules of Go's <c>filepath.Match</c>.
/// Whoever copies and whoever asks what would be copied read it here.
/// </summary>
public sealed class SourcePath
{
    private SourcePath(IReadOnlyList<SourceSegment> segments) => Segments = segments;

    /// <summary>The segments, none for the root itself.</summary>
    public IReadOnlyList<SourceSegment> Segments { get; }

    /// <summary>Reads a source after substitution; a pattern that Go refuses is a <see cref="FormatException"/>.</summary>
    public static SourcePath Parse(string text) => new([.. UnixPath.Segments(text).Select(segment => new SourceSegment(segment, PatternOf(segment)))]);

    /// <summary>Reads a source in which no character is a wildcard, as that of a mount.</summary>
    public static SourcePath OfLiteral(string text) => new([.. UnixPath.Segments(text).Select(segment => new SourceSegment(segment, null))]);

    private static PathPattern? PatternOf(string segment) =>
        PathPattern.HasWildcards(segment) || segment.Contains('\\', StringComparison.Ordinal) ? PathPattern.Parse(segment) : null;
}

/// <summary>A segment as written, and its pattern where it is one.</summary>
public sealed record SourceSegment(string Text, PathPattern? Pattern);
