namespace Graft.Core.Products.Discovery;

/// <summary>Which files are Dockerfiles, and which folders hold none of the product's own.</summary>
internal static class DockerfileNames
{
    private static readonly string[] Words = ["Dockerfile", "Containerfile"];

    // `Dockerfile.dockerignore` belongs to docker; the others are made into Dockerfiles, or are what is left of one.
    private static readonly string[] OtherEndings = ["dockerignore", "containerignore", "j2", "jinja", "jinja2", "tmpl", "tpl", "template", "in", "erb", "mustache", "md", "txt", "orig", "rej", "bak", "swp", "sh", "py", "js", "ts", "go", "yml", "yaml", "json"];
    private static readonly string[] ForeignFolders = ["node_modules", "vendor", "third_party", "testdata", "fixtures", ".devcontainer", "__tests__"];

    private static readonly string[] AsideFolders = ["example", "examples", "sample", "samples", "test", "tests", "e2e"];

    /// <summary>Whether a path is that of a Dockerfile: <c>Dockerfile</c>, <c>Dockerfile.NAME</c> (or with <c>-</c> or <c>_</c>), <c>NAME.Dockerfile</c>, or <c>Containerfile</c> likewise.</summary>
    public static bool IsDockerfile(string path) => VariantOf(path) is not null;

    /// <summary>Whether a folder of the path says that it is somebody else's, a test's data, an editor's, or a template's.</summary>
    public static bool IsForeign(string path) => path.Contains("{{", StringComparison.Ordinal) || path.Split('/').SkipLast(1).Any(folder => ForeignFolders.Contains(folder, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a folder of the path says that it shows or tests the product, and is no part of it: below <c>docs</c>, which may itself be an image.</summary>
    public static bool IsAside(string path)
    {
        var folders = path.Split('/').SkipLast(1).ToList();
        return folders.Any(folder => AsideFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)) || folders.SkipLast(1).Any(folder => folder.ToLowerInvariant() is "docs" or "doc");
    }

    /// <summary>What the file's name says besides that it is a Dockerfile: <c>api</c> of <c>Dockerfile.api</c>; empty where it says no more; null where it is none.</summary>
    public static string? VariantOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        foreach (var word in Words)
        {
            if (name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return "";
            }

            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && name[word.Length] is '.' or '-' or '_')
            {
                var ending = name[(word.Length + 1)..];
                return ending.Length > 0 && !OtherEndings.Contains(ending[(ending.LastIndexOf('.') + 1)..], StringComparer.OrdinalIgnoreCase) ? ending : null;
            }

            if (name.EndsWith("." + word, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^(word.Length + 1)];
            }
        }

        return null;
    }
}
