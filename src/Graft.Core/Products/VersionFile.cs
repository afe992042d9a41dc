using Graft.Core.Releases;
using Graft.Core.Yaml;

namespace Graft.Core.Products;

/// <summary>Reads the file that says which series a branch is in.</summary>
public static class VersionFile
{
    /// <summary>
    /// The series under the top-level key <c>version</c>, taken as written (<c>3.10</c> is 3.10); null when the file is empty or has no such
    /// key. An input failure at its place when the file is not YAML or the value is not <c>MAJOR.MINOR</c>.
    /// </summary>
    public static ReleaseSeries? Read(string text, string file) => Read(YamlText.Of(text, file), file);

    /// <summary>As <see cref="Read(string, string)"/>, of a file's bytes; those that are not UTF-8 are an input failure at their place too.</summary>
    public static ReleaseSeries? Read(ReadOnlySpan<byte> bytes, string file) => Read(YamlText.Decode(bytes, file), file);

    private static ReleaseSeries? Read(YamlText source, string file)
    {
        if (YamlReader.Read(source) is not { } root || root is YamlScalar { IsNull: true })
        {
            return null;
        }

        var mapping = root as YamlMapping ?? throw root.At(file).Error("the version file is not a mapping", "it has a line like `version: \"3.2\"`");
        mapping.RefuseDuplicateKeys(file);
        if (mapping.Find("version") is not { } pair)
        {
            return null;
        }

        return (pair.Value.Resolved is YamlScalar scalar ? ReleaseSeries.TryParse(scalar.Value) : null)
            ?? throw pair.Value.At(file).Error("'version' is not a series", "a series is written `MAJOR.MINOR`, like `version: \"3.2\"`");
    }
}
