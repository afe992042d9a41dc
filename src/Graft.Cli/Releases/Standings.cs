using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Releases;

/// <summary>Where a release stands.</summary>
internal enum Standing
{
    /// <summary>It is published.</summary>
    Published,

    /// <summary>It is a draft.</summary>
    Draft,

    /// <summary>The publisher does not have it.</summary>
    Absent,

    /// <summary>What the publisher has of it cannot be read.</summary>
    Unreadable,
}

/// <summary>Where the releases of a product stand, as its publisher lists them.</summary>
internal sealed class Standings(Product product, PublishedReleases published)
{
    private readonly ILookup<string, PublishedRelease> releases = published.Releases.ToLookup(release => release.Tag, StringComparer.Ordinal);
    private readonly HashSet<string> unreadable = published.Unreadable.Select(release => release.Tag).ToHashSet(StringComparer.Ordinal);

    /// <summary>Where a release stands. One that is published and has a draft beside it is published.</summary>
    public Standing Of(ReleaseName name)
    {
        var tag = product.TagOf(name);
        return releases[tag].Any(release => !release.IsDraft) ? Standing.Published
            : releases[tag].Any() ? Standing.Draft
            : unreadable.Contains(tag) ? Standing.Unreadable
            : Standing.Absent;
    }

    /// <summary>A word for programs.</summary>
    public static string Word(Standing standing) => standing.ToString().ToLowerInvariant();

    /// <summary>Words for people.</summary>
    public static string Words(Standing standing) => standing == Standing.Absent ? "not on the publisher" : Word(standing);
}
