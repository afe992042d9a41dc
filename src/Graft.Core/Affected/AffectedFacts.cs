using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>What two commits hold, as far as the images of a product can depend on it.</summary>
public sealed record AffectedFacts
{
    /// <summary>The product as head describes it.</summary>
    public required Product Product { get; init; }

    /// <summary>The image sources of head's tree.</summary>
    public required IReadOnlyList<ImageSource> Sources { get; init; }

    /// <summary>Gives every path of head's tree; seldom asked for.</summary>
    public required Func<IReadOnlyList<string>> Paths { get; init; }

    /// <summary>The paths that differ between the base and head.</summary>
    public required IReadOnlyList<FileChange> Changes { get; init; }

    /// <summary>Head's symbolic links: path -> target as written.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    /// <summary>The base's symbolic links.</summary>
    public required IReadOnlyDictionary<string, string> BaseLinks { get; init; }

    /// <summary>Texts of head's Dockerfiles and ignore files (links followed); null or absent where there is none.</summary>
    public required IReadOnlyDictionary<string, string?> Texts { get; init; }

    /// <summary>Texts of changed files of attributes (<c>.gitattributes</c>), at the base and at head.</summary>
    public IReadOnlyDictionary<string, (string? Before, string? After)> Attributes { get; init; } = new Dictionary<string, (string?, string?)>();

    /// <summary>The configuration at the base, or null when it is not compared: nothing is then affected by configuration.</summary>
    public BaseConfiguration? BaseConfiguration { get; init; }
}

/// <summary>
/// The base's graft.yaml: its path, and the product and image sources it describes; a problem instead where it cannot be read.
/// </summary>
public sealed record BaseConfiguration(string File, Product? Product, IReadOnlyList<ImageSource> Sources, string? Problem = null);
