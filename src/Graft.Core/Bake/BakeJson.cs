using System.Text;
using System.Text.Json;
using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>Reads a bake file in JSON into the structure that one in HCL has: blocks are objects by type and label, strings are templates.</summary>
internal static class BakeJson
{
    private const int MaximumLength = 1024 * 1024;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly string[] BlockTypes = ["target", "group", "variable", "function"];

    public static HclFile Read(string text, string file)
    {
        var place = new SourceLocation(file, 1, 1);
        if (text.Length > MaximumLength)
        {
            throw place.Error($"the file is larger than {MaximumLength / 1024} KiB");
        }

        try
        {
            var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
            using var document = JsonDocument.Parse(bytes, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new HclFile(Root(document.RootElement, place, JsonPlaces.Find(bytes, file, Options)), [])
                : throw place.Error("the file is not a JSON object");
        }
        catch (JsonException failure)
        {
            var where = new SourceLocation(file, (int)(failure.LineNumber ?? 0) + 1, (int)(failure.BytePositionInLine ?? 0) + 1);
            throw where.Error("the file is not JSON from here on");
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair.
            throw place.Error("the file holds text that is no text");
        }
    }

    private static HclBody Root(JsonElement root, SourceLocation place, IReadOnlyDictionary<(string, string), SourceLocation> places)
    {
        var blocks = root.EnumerateObject().Where(member => BlockTypes.Contains(member.Name, StringComparer.Ordinal) && member.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(member => member.Value.EnumerateObject()
                .Where(block => block.Value.ValueKind == JsonValueKind.Object)
                .Select(block => (Type: member.Name, block.Name, block.Value, Place: places.GetValueOrDefault((member.Name, block.Name), place))))
            .Select(block => new HclBlock(block.Place, block.Type, [block.Name], new HclBody(Attributes(block.Value, block.Place), [])));
        return new HclBody([.. Attributes(root, place).Where(attribute => !BlockTypes.Contains(attribute.Name, StringComparer.Ordinal))], [.. blocks]);
    }

    private static IReadOnlyList<HclAttribute> Attributes(JsonElement element, SourceLocation place) =>
        [.. element.EnumerateObject().Select(member => new HclAttribute(place, member.Name, Value(member.Value, place)))];

    private static HclExpression Value(JsonElement element, SourceLocation place) => element.ValueKind switch
    {
        JsonValueKind.String => Template(element.GetString()!, place),
        JsonValueKind.Array => new HclList(place, [.. element.EnumerateArray().Select(item => Value(item, place))]),
        JsonValueKind.Object => new HclMap(place, [.. element.EnumerateObject().Select(member => ((HclExpression)new HclLiteral(place, new BakeText(member.Name)), Value(member.Value, place)))]),
        JsonValueKind.Null => new HclLiteral(place, BakeValue.Null),
        _ => new HclLiteral(place, new BakeText(element.GetRawText())),
    };

    private static HclExpression Template(string text, SourceLocation place)
    {
        try
        {
            return HclTemplateReader.Of(text, place);
        }
        catch (GraftException)
        {
            return new HclUnread(place);
        }
    }
}
