namespace Graft.Testing.Layouts;

/// <summary>
/// The layout of a public repository, rebuilt in small: its folders, and of its Dockerfiles the lines that say what an image is made from. The text is
/// Graft's own.
/// </summary>
/// <param name="owner">The account that the repository belongs to.</param>
/// <param name="name">The repository's name.</param>
public sealed class PublicLayout(string owner, string name)
{
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    /// <summary>The account that the repository belongs to.</summary>
    public string Owner => owner;

    /// <summary>The repository's name.</summary>
    public string Name => name;

    /// <summary>Its address, for a git remote that nobody asks.</summary>
    public string Remote => $"https://github.com/{owner}/{name}.git";

    /// <summary>Its files: path -> text.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    /// <summary>Adds a file.</summary>
    public PublicLayout With(string path, string text)
    {
        files[path] = text;
        return this;
    }

    /// <summary>Adds files whose text does not matter.</summary>
    public PublicLayout WithFiles(params IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            files[path] = $"{path}\n";
        }

        return this;
    }
}
