using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Yaml;

namespace Graft.Core.Products;

/// <summary>Reads one item of <c>images</c> in graft.yaml.</summary>
internal static class ImageRuleReader
{
    private const string NamePlaceholder = "{name}";

    public static ImageRule Read(YamlNode node, string file)
    {
        var fields = new ProductFields(
            node, file, "an item of 'images'",
            "dockerfiles", "except", "name", "key", "context", "targets", "platforms", "args", "contexts", "inputs", "prepare", "secrets");
        var dockerfiles = fields.Text("dockerfiles")
            ?? throw fields.Location.Error("the item of 'images' has no 'dockerfiles'", "give it a path or a glob, like `src/*/Dockerfile`");
        var glob = Glob.Parse(ProductValues.Glob(dockerfiles, fields.At("dockerfiles")));
        var targets = fields.Map("targets", (name, place) => Template(name, place, glob));
        var name = fields.Text("name") is { } template ? Template(template, fields.At("name"), glob) : null;
        return new ImageRule(
            glob.ToString(),
            fields.List("except", ProductValues.Glob),
            name ?? (targets.Count > 0 ? "" : throw fields.Location.Error("the item of 'images' has no 'name'", "name the image, like `acme/{name}`")),
            fields.Text("key") is { } key ? ListKey(key, fields.At("key")) : "images",
            fields.Text("context") is { } context ? ProductValues.Folder(context, fields.At("context")) : "{dir}",
            targets,
            fields.List("platforms", (text, place) => Platform.TryParse(text, out var platform)
                ? platform
                : throw place.Error($"'{text}' is not a platform", "a platform is `linux/amd64` or `linux/arm64/v8`")),
            fields.Map("args", (text, _) => text),
            fields.Map("contexts", (text, _) => text),
            fields.List("inputs", ProductValues.Glob),
            [.. fields.List("prepare", (text, place) => (text, place)).Select((word, index) => index == 0 ? ProductValues.Program(word.text, word.place) : ProductValues.Word(word.text, word.place))],
            Secrets(fields),
            fields.Location);
    }

    // Dockerfiles that a glob finds need a name each; a single path has nothing that `{name}` could stand for.
    private static string Template(string template, SourceLocation place, Glob glob)
    {
        var hasPlaceholder = template.Contains(NamePlaceholder, StringComparison.Ordinal);
        if (glob.HasWildcards != hasPlaceholder)
        {
            throw hasPlaceholder
                ? place.Error($"'{template}' has a `{{name}}`, and '{glob}' no wildcard for it to stand for", "write the image's name")
                : place.Error($"every Dockerfile that '{glob}' finds would build '{template}'", "put `{name}` into it: it stands for what the wildcards matched");
        }

        return ImageName.TryParse(template.Replace(NamePlaceholder, "x", StringComparison.Ordinal), out _)
            ? template
            : throw place.Error($"'{template}' is not an image name", "it is like `acme/{name}`, without a tag");
    }

    private static IReadOnlyDictionary<string, string> Secrets(ProductFields fields)
    {
        var secrets = fields.Map("secrets", ProductValues.Secret);
        return secrets.Keys.FirstOrDefault(id => !ProductValues.IsName(id)) is { } wrong
            ? throw fields.At("secrets").Error($"'{wrong}' is not the id of a secret", "it is made of letters, digits, `.`, `_` and `-`")
            : secrets;
    }

    private static string ListKey(string key, SourceLocation place) =>
        key == "images" || key.EndsWith("_images", StringComparison.Ordinal)
            ? key
            : throw place.Error($"'{key}' is no key of a manifest that lists images", "it is `images` or ends in `_images`");
}
