namespace Graft.Core.Failures;

/// <summary>A place in a text file, written <c>FILE:LINE:COLUMN</c>; line and column count from 1.</summary>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}";

    /// <summary>An input failure whose message begins with this place.</summary>
    public GraftException Error(string message, string? hint = null) => GraftException.Input($"{this}: {message}", hint);
}
