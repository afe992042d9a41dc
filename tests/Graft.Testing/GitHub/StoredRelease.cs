namespace Graft.Testing.GitHub;

/// <summary>A release as the stand-in for GitHub keeps it.</summary>
public sealed class StoredRelease
{
    /// <summary>Its identity.</summary>
    public required long Id { get; init; }

    /// <summary>Its git tag.</summary>
    public required string Tag { get; set; }

    /// <summary>A commit or a branch.</summary>
    public required string Target { get; set; }

    /// <summary>Its title.</summary>
    public string? Name { get; set; }

    /// <summary>Its text.</summary>
    public string? Body { get; set; }

    /// <summary>Whether it is a draft.</summary>
    public bool Draft { get; set; }

    /// <summary>Whether it is marked as one before a release.</summary>
    public bool Prerelease { get; set; }

    /// <summary>Whether nothing of it can be changed any more.</summary>
    public bool Immutable { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? Published { get; set; }

    /// <summary>Its files.</summary>
    public List<StoredAsset> Assets { get; } = [];
}

/// <summary>A file of a release; one whose upload was cut off is a <c>starter</c>.</summary>
public sealed record StoredAsset(long Id, string Name, byte[] Bytes)
{
    /// <summary><c>uploaded</c> or <c>starter</c>.</summary>
    public string State { get; init; } = "uploaded";

    /// <summary>Whether its digest is shown; older servers know of none.</summary>
    public bool HasDigest { get; init; } = true;

    /// <summary>The digest that is shown, where it is another than that of the bytes.</summary>
    public string? Digest { get; init; }
}

/// <summary>A pull request.</summary>
public sealed record StoredPullRequest(int Number, string Title, string? Body, string Head, string? MergeCommit, params IReadOnlyList<string> Labels)
{
    /// <summary>Further commits that are in it.</summary>
    public IReadOnlyList<string> Commits { get; init; } = [];
}
