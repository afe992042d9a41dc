using Graft.Adapters.Tests.Publishers;
using Graft.Core.Releases;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>What every publisher does, on GitHub.</summary>
public sealed class GitHubPublisherTests : PublisherTests, IDisposable
{
    private readonly GitHubWorld world = new();
    private IPublisher? publisher;

    protected override IPublisher Publisher => publisher ??= world.Open().Publisher;

    protected override CommitId Commit => world.Repository.Head;

    public void Dispose() => world.Dispose();
}

/// <summary>The same where the API is below a path, as on servers of one's own.</summary>
public sealed class EnterprisePublisherTests : PublisherTests, IDisposable
{
    private readonly GitHubWorld world = new("/api/v3");
    private IPublisher? publisher;

    protected override IPublisher Publisher => publisher ??= world.Open().Publisher;

    protected override CommitId Commit => world.Repository.Head;

    public void Dispose() => world.Dispose();
}

/// <summary>The same where releases are immutable.</summary>
public sealed class ImmutableReleasesTests : PublisherTests, IDisposable
{
    private readonly GitHubWorld world = new();
    private IPublisher? publisher;

    public ImmutableReleasesTests() => world.GitHub.Rules.IsImmutable = true;

    protected override IPublisher Publisher => publisher ??= world.Open().Publisher;

    protected override CommitId Commit => world.Repository.Head;

    public void Dispose() => world.Dispose();
}

/// <summary>The same on a server that knows no digests of files.</summary>
public sealed class WithoutDigestsTests : PublisherTests, IDisposable
{
    private readonly GitHubWorld world = new();
    private IPublisher? publisher;

    public WithoutDigestsTests() => world.GitHub.Rules.HasDigests = false;

    protected override IPublisher Publisher => publisher ??= world.Open().Publisher;

    protected override CommitId Commit => world.Repository.Head;

    public void Dispose() => world.Dispose();
}
