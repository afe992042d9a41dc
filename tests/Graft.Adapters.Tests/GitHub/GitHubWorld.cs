using System.Collections.Concurrent;
using Graft.Adapters.GitHub;
using Graft.Adapters.Http;
using Graft.Core.Releases;
using Graft.Testing;
using Graft.Testing.GitHub;
using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>A stand-in for GitHub, a git remote beside it, and what Graft has for both. Pauses are over at once.</summary>
internal sealed class GitHubWorld : IDisposable
{
    private readonly List<IDisposable> opened = [];
    private readonly string prefix;

    public GitHubWorld(string prefix = "")
    {
        this.prefix = prefix;
        GitHub = new LocalGitHub(Repository.Remote, prefix: prefix);
        GitHub.Rules.Clock = Clock;
    }

    public TemporaryRepository Repository { get; } = new();

    public JumpingClock Clock { get; } = new();

    public LocalGitHub GitHub { get; }

    /// <summary>What was said while something took long.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>Methods and paths of the requests so far, shorter.</summary>
    public IReadOnlyList<string> Asked => [.. GitHub.Requests.Select(request => Shorten(request))];

    /// <summary>Opens it as a run would: with this token, and what it kept of pages before.</summary>
    public GitHubForge Open(string? token = LocalGitHub.WriteToken, string repository = "acme/product", string? api = null)
    {
        var wire = new HttpWire(new HttpSettings(), Clock);
        var settings = new GitHubSettings
        {
            Api = api ?? GitHub.Root,
            Repository = repository,
            NameOf = tag => tag.StartsWith('v') && ReleaseName.TryParse(tag[1..], out var name) ? name : null,
            Pages = Repository.Beside("pages"),
            Say = Said.Enqueue,
        };
        var forge = new GitHubForge(settings, new GitHubTokens(TemporaryRepository.Runner, name => name == "GH_TOKEN" ? token : null), wire);
        opened.AddRange([forge, wire]);
        return forge;
    }

    /// <summary>The next request that begins like this (<c>POST releases</c>) goes wrong; further faults follow on the ones after it.</summary>
    public void Break(string start, params IReadOnlyList<GitHubFault> faults)
    {
        var left = new Queue<GitHubFault>(faults);
        GitHub.Faults = request => left.Count > 0 && Shorten(request).StartsWith(start, StringComparison.Ordinal) ? left.Dequeue() : null;
    }

    public void Dispose()
    {
        opened.ForEach(one => one.Dispose());
        GitHub.Dispose();
        Repository.Dispose();
    }

    private string Shorten(WireRequest request) => request.ToString().Replace($"{prefix}/repos/acme/product/", "", StringComparison.Ordinal);
}
