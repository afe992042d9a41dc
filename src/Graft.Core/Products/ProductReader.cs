using Graft.Core.Failures;
using Graft.Core.Yaml;

namespace Graft.Core.Products;

/// <summary>Reads graft.yaml.</summary>
public static class ProductReader
{
    private static readonly string[] Keys =
    [
        "schema", "product", "version-file", "releases", "tag", "main", "remote", "registry", "plain-http", "publisher", "github-api",
        "build", "budget", "clusters", "images",
    ];

    internal static readonly string[] Builders = ["embedded", "docker", "buildx", "buildah", "podman"];

    /// <summary>
    /// The product, with every default filled in. Unknown keys, wrong types, keys that are there twice, values out of their grammar, paths
    /// that are absolute or leave the repository: an input failure at <c>FILE:LINE:COLUMN</c>.
    /// </summary>
    public static Product Read(string text, string file) => Read(YamlText.Of(text, file), file);

    /// <summary>As <see cref="Read(string, string)"/>, of a file's bytes; those that are not UTF-8 are an input failure at their place too.</summary>
    public static Product Read(ReadOnlySpan<byte> bytes, string file) => Read(YamlText.Decode(bytes, file), file);

    private static Product Read(YamlText source, string file)
    {
        var fields = new ProductFields(YamlReader.ReadMapping(source, $"'{file}'"), file, "graft.yaml", Keys);
        if (fields.Number("schema", 1) is not (null or 1))
        {
            throw fields.At("schema").Error("this graft reads schema 1 only", "get a newer graft");
        }

        string Value(string key, string standard, Func<string, SourceLocation, string> check) =>
            fields.Text(key) is { } written ? check(written, fields.At(key)) : standard;

        return new Product(
            ProductValues.Name(fields.Text("product") ?? throw fields.Location.Error("there is no 'product'", "name it, like `product: acme`"), fields.At("product")),
            Value("version-file", ".version.yml", ProductValues.File),
            Value("releases", "releases", ProductValues.Folder),
            Value("tag", "v{name}", ProductValues.TagTemplate),
            Value("main", "main", ProductValues.GitName),
            Value("remote", "origin", ProductValues.GitName),
            Value("registry", "layout:.graft/images", ProductValues.Registry),
            fields.List("plain-http", ProductValues.Host),
            Value("publisher", "folder:.graft/published", ProductValues.Publisher),
            Value("github-api", "https://api.github.com", ProductValues.Api),
            Build(fields, file),
            Budget(fields, file),
            Value("clusters", "config", ProductValues.Folder),
            [.. fields.Items("images").Select(item => ImageRuleReader.Read(item, file))]);
    }

    private static BuildSettings Build(ProductFields product, string file)
    {
        if (product.Node("build") is not { } node)
        {
            return new BuildSettings("embedded", 2, null, []);
        }

        var fields = new ProductFields(node, file, "'build'", "with", "parallel", "builder", "options");
        var with = fields.Text("with") ?? "embedded";
        if (!Builders.Contains(with, StringComparer.Ordinal))
        {
            var near = Nearest.To(with, Builders);
            throw fields.At("with").Error(
                $"'{with}' is no builder",
                near is null ? $"the builders are {string.Join(", ", Builders.Select(builder => $"`{builder}`"))}" : $"did you mean `{near}`?");
        }

        var builder = fields.Node("builder") is YamlScalar { IsNull: true } ? null : fields.Text("builder");
        if (builder is not null && with != "buildx")
        {
            throw fields.At("builder").Error($"'builder' is an instance of buildx, and images are built with '{with}'", "use `with: buildx`, or leave `builder` out");
        }

        var instance = builder is null ? null : ProductValues.BuilderInstance(builder, fields.At("builder"));
        return new BuildSettings(with, fields.Number("parallel", 1) ?? 2, instance, BuildOptions.Read(fields, with));
    }

    private static Budget Budget(ProductFields product, string file)
    {
        if (product.Node("budget") is not { } node)
        {
            return new Budget(20, 500, 10);
        }

        var fields = new ProductFields(node, file, "'budget'", "files", "lines", "commits");
        return new Budget(fields.Number("files", 0) ?? 20, fields.Number("lines", 0) ?? 500, fields.Number("commits", 0) ?? 10);
    }
}
