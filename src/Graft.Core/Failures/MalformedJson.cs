using System.Text.Json;

namespace Graft.Core.Failures;

/// <summary>Says what is wrong with a JSON file without a word of the program that reads it.</summary>
public static class MalformedJson
{
    /// <summary>
    /// An input failure at the place of a failure of <see cref="JsonSerializer"/>. <paramref name="what"/> says what the file should be (<c>the plan</c>).
    /// </summary>
    public static GraftException Of(JsonException failure, string file, string what)
    {
        var place = new SourceLocation(file, (int)(failure.LineNumber ?? 0) + 1, (int)(failure.BytePositionInLine ?? 0) + 1);
        var member = failure.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        return failure.InnerException switch
        {
            GraftException value => place.Error(value.Message, value.Hint),
            // The reader's own failure: not one of what the members mean.
            JsonException => place.Error($"{what} is not JSON that can be read"),
            _ when member is not null => place.Error($"`{member}` of {what} is not what belongs there"),
            _ => place.Error($"{what} is not what it should be"),
        };
    }
}
