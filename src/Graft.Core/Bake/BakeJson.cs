using System.Text.Json;
using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>Reads a bake file in JSON into the structure that one in HCL has: blocks are objects by type and label, strings are templates.</summary>
internal static class BakeJson
{
    private const int MaximumLength = 1024 * 1024;
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
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { MaxDepth = 64, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new HclFile(Body(document.RootElement, place, isRoot: true), [])
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

    private static HclBody Body(JsonElement element, SourceLocation place, bool isRoot)
    {
        var attributes = new List<HclAttribute>();
        var blocks = new List<HclBlock>();
        foreach (var member in element.EnumerateObject())
        {
            if (isRoot && BlockTypes.Contains(member.Name, StringComparer.Ordinal) && member.Value.ValueKind == JsonValueKind.Object)
            {
                blocks.AddRange(member.Value.EnumerateObject()
                    .Where(block => block.Value.ValueKind == JsonValueKind.Object)
                    .Select(block => new HclBlock(place, member.Name, [block.Name], Body(block.Value, place, isRoot: false))));
            }
            else
            {
                attributes.Add(new HclAttribute(place, member.Name, Value(member.Value, place)));
            }
        }

        return new HclBody(attributes, blocks);
    }

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
