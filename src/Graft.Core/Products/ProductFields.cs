using System.Globalization;
using Graft.Core.Failures;
using Graft.Core.Yaml;
using YamlDotNet.Core;

namespace Graft.Core.Products;

/// <summary>
/// One mapping of graft.yaml whose keys are known: unknown ones are refused with the nearest valid key, and values are fetched by type.
/// Every failure carries its place.
/// </summary>
internal sealed class ProductFields
{
    private readonly string file;
    private readonly YamlMapping mapping;

    public ProductFields(YamlNode node, string file, string what, params IReadOnlyList<string> keys)
    {
        this.file = file;
        mapping = Plain(node, file) as YamlMapping ?? throw node.At(file).Error($"{what} is not a mapping");
        mapping.RefuseDuplicateKeys(file);
        foreach (var pair in mapping.Pairs)
        {
            if (Plain(pair.Key, file) is not YamlScalar || !keys.Contains(pair.Name, StringComparer.Ordinal))
            {
                var near = Nearest.To(pair.Name ?? "", keys);
                throw pair.Key.At(file).Error(
                    $"'{pair.Name ?? "a collection"}' is no key of {what}",
                    near is null ? $"its keys are {string.Join(", ", keys.Select(key => $"`{key}`"))}" : $"did you mean `{near}`?");
            }
        }
    }

    /// <summary>Where the mapping begins.</summary>
    public SourceLocation Location => mapping.At(file);

    /// <summary>Where a key's value stands, or the mapping where the key is absent.</summary>
    public SourceLocation At(string key) => (mapping.Find(key)?.Value ?? mapping).At(file);

    /// <summary>A key's value, or null when the key is absent; aliases are refused, so that what is read is what is seen.</summary>
    public YamlNode? Node(string key) => mapping.Find(key) is { } pair ? Plain(pair.Value, file) : null;

    public string? Text(string key) => Node(key) is { } node ? Text(node, $"'{key}'") : null;

    public int? Number(string key, int least)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        return node is YamlScalar { Style: ScalarStyle.Plain } scalar
            && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw node.At(file).Error($"'{key}' is not a whole number of {least} or more");
    }

    public IReadOnlyList<YamlNode> Items(string key) => Node(key) switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlSequence sequence => [.. sequence.Items.Select(item => Plain(item, file))],
        var other => throw other.At(file).Error($"'{key}' is not a list"),
    };

    /// <summary>A list whose items are read by <paramref name="read"/> from their text and place.</summary>
    public IReadOnlyList<T> List<T>(string key, Func<string, SourceLocation, T> read) =>
        [.. Items(key).Select(item => read(Text(item, $"an item of '{key}'"), item.At(file)))];

    /// <summary>A mapping of text to text, in the file's order.</summary>
    public IReadOnlyDictionary<string, string> Map(string key, Func<string, SourceLocation, string> read)
    {
        if (Node(key) is not { } node || node is YamlScalar { IsNull: true })
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        var pairs = node as YamlMapping ?? throw node.At(file).Error($"'{key}' is not a mapping");
        pairs.RefuseDuplicateKeys(file);
        var map = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs.Pairs)
        {
            map.Add(Text(pair.Key, $"a key of '{key}'"), read(Text(pair.Value, $"'{pair.Name}'"), pair.Value.At(file)));
        }

        return map;
    }

    private string Text(YamlNode node, string what) => Plain(node, file) switch
    {
        YamlScalar { IsNull: false } scalar => scalar.Value,
        YamlScalar => throw node.At(file).Error($"{what} has no value"),
        _ => throw node.At(file).Error($"{what} is not text"),
    };

    private static YamlNode Plain(YamlNode node, string file) =>
        node is YamlAlias alias ? throw node.At(file).Error($"the alias '*{alias.Name}' is not read here", "write the value out") : node;
}
