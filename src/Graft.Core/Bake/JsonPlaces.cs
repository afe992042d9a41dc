using System.Text;
using System.Text.Json;
using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>Where the blocks of a bake file in JSON stand: what a document that was read no longer knows.</summary>
internal static class JsonPlaces
{
    /// <summary>The place of each name in the objects at the root's members, by the member and the name. The text is an object in JSON.</summary>
    public static IReadOnlyDictionary<(string Member, string Name), SourceLocation> Find(byte[] text, string file, JsonDocumentOptions options)
    {
        var places = new Dictionary<(string, string), SourceLocation>();
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowTrailingCommas = options.AllowTrailingCommas, CommentHandling = options.CommentHandling, MaxDepth = options.MaxDepth });
        var member = "";
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var name = reader.GetString()!;
            if (reader.CurrentDepth == 1)
            {
                member = name;
                continue;
            }

            places[(member, name)] = PlaceOf(text.AsSpan(0, (int)reader.TokenStartIndex), file);
            reader.Skip();
        }

        return places;
    }

    private static SourceLocation PlaceOf(ReadOnlySpan<byte> before, string file) =>
        new(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
}
