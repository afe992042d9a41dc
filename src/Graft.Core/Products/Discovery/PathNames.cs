using System.Text;

namespace Graft.Core.Products.Discovery;

/// <summary>What an image may be called after the place of its Dockerfile.</summary>
internal static class PathNames
{
    // Folders that say how a repository is arranged, not what is in them.
    private static readonly string[] Arrangement =
    [
        "src", "services", "service", "apps", "app", "packages", "images", "image", "docker", ".docker", "containers", "container", "dockerfiles", "components",
        "projects", "microservices", "modules", "build", "deploy", "deployment", "infra", "cmd", ".",
    ];

    /// <summary>The name in short: the folders that mean something, joined, with what the file's name adds; the product's own name at the root.</summary>
    public static string Short(string path, string product)
    {
        var folders = Folders(path);
        var meant = folders.SkipWhile(IsArrangement).Reverse().SkipWhile(IsArrangement).Reverse().ToList();
        // A single folder called `app` is the best there is.
        meant = meant.Count == 0 && folders.LastOrDefault(folder => folder is "app" or "image" or "service") is { } only ? [only] : meant;
        var variant = DockerfileNames.VariantOf(path) ?? "";
        return Clean((meant.Count, variant.Length) switch
        {
            (0, 0) => product,
            (0, _) => IsFlavour(variant) ? $"{product}-{variant}" : variant,
            (_, 0) => string.Join('-', meant),
            _ => $"{string.Join('-', meant)}-{variant}",
        });
    }

    /// <summary>The name with every folder, for where the short one is taken.</summary>
    public static string Long(string path) => Clean(string.Join('-', Folders(path).Append(DockerfileNames.VariantOf(path) ?? "").Where(part => part.Length > 0)));

    /// <summary>Every name that a manifest could list it under, the most telling first: folders from the end, with and without what the file's name adds.</summary>
    public static IEnumerable<string> All(string path, string product)
    {
        var folders = Folders(path);
        var variant = DockerfileNames.VariantOf(path) ?? "";
        yield return Short(path, product);
        for (var from = 0; from < folders.Count; from++)
        {
            var joined = string.Join('-', folders.Skip(from));
            yield return Clean(variant.Length > 0 ? $"{joined}-{variant}" : joined);
        }

        if (variant.Length > 0 && !IsFlavour(variant))
        {
            yield return Clean(variant);
        }
    }

    /// <summary>Paths as a sentence has them: all of a few, of many the first.</summary>
    public static string Several(IReadOnlyList<string> paths) => paths.Count < 4 ? string.Join(", ", paths) : $"{paths[0]} and {paths.Count - 1} more";

    /// <summary>The text as a segment of an image's name: lower case, with dashes for what may not stand there.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            var isSeparator = !char.IsAsciiLetterOrDigit(c);
            if (!isSeparator)
            {
                clean.Append(c);
            }
            else if (clean.Length > 0 && char.IsAsciiLetterOrDigit(clean[^1]))
            {
                clean.Append(c is '_' or '.' ? c : '-');
            }
        }

        return clean.ToString().TrimEnd('-', '_', '.') is { Length: > 0 } name ? name : "image";
    }

    private static List<string> Folders(string path) => [.. path.Split('/').SkipLast(1)];

    private static bool IsArrangement(string folder) => Arrangement.Contains(folder, StringComparer.OrdinalIgnoreCase);

    private static bool IsFlavour(string variant) =>
        variant.ToLowerInvariant() is "dev" or "development" or "prod" or "production" or "release" or "debug" or "test" or "tests" or "ci" or "local" or "alpine" or "slim" or "debian" or "ubuntu" or "arm64" or "amd64";
}
