using Graft.Core.Releases;

namespace Graft.Adapters.GitHub;

/// <summary>Which repository on which GitHub, and what Graft has for it.</summary>
public sealed record GitHubSettings
{
    /// <summary>Root of the REST API, such as <c>https://api.github.com</c>.</summary>
    public required string Api { get; init; }

    /// <summary><c>OWNER/REPO</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The release that a git tag is for, or null: which one is the newest is decided by names, not by dates.</summary>
    public required Func<string, ReleaseName?> NameOf { get; init; }

    /// <summary>The folder where pages of lists are kept between runs.</summary>
    public required string Pages { get; init; }

    /// <summary>Makes what that folder is in, before the first page is kept.</summary>
    public Func<CancellationToken, Task> PreparePages { get; init; } = _ => Task.CompletedTask;

    /// <summary>Told what takes long, and why.</summary>
    public Action<string> Say { get; init; } = _ => { };
}
