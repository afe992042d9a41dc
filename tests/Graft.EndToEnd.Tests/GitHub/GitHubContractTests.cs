using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Graft.Adapters.GitHub;
using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing;
using Graft.Testing.GitHub;
using Graft.Testing.Registries;

namespace Graft.EndToEnd.Tests.GitHub;

/// <summary>
/// What Graft sends is what GitHub describes, and so is what the stand-in answers: between the two stands a proxy that lets nothing else through.
/// docs/github.md lists what the description says nothing about.
/// </summary>
public sealed partial class GitHubContractTests : IDisposable
{
    // A gateway that gives up half way through an upload; a release that is gone.
    private static readonly string[] Undescribed =
    [
        "response Unable to match the returned status code with those defined in the document: 201,422",
        "response Unable to match the returned status code with those defined in the document: 200,401",
    ];

    private readonly TemporaryRepository repository = new();
    private readonly JumpingClock clock = new();
    private readonly HttpWire wire;
    private readonly LocalGitHub gitHub;
    private readonly RunningProgram proxy;
    private readonly GitHubForge forge;

    public GitHubContractTests()
    {
        Assert.SkipUnless(GitHubDescription.IsHere, GitHubDescription.Missing);
        var description = repository.Beside("description.json");
        File.WriteAllText(description, GitHubDescription.Trimmed);
        wire = new HttpWire(new HttpSettings(), clock);
        gitHub = new LocalGitHub(repository.Remote);
        proxy = new RunningProgram("node", [GitHubDescription.Prism, "proxy", description, $"http://{gitHub.Host}", "--errors", "--port", "0"], repository.Around, new Dictionary<string, string?>());
        proxy.WaitForOutput("Prism is listening on ");
        proxy.WaitForOutput("\n");
        gitHub.Root = Listening().Match(proxy.Output).Groups[1].Value;
        forge = Open(LocalGitHub.WriteToken);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        forge?.Dispose();
        proxy?.Dispose();
        gitHub?.Dispose();
        wire?.Dispose();
        repository.Dispose();
    }

    [Fact]
    public async Task Every_call_and_every_answer_is_as_GitHub_describes_it()
    {
        try
        {
            await TellAsync();
        }
        catch (Exception exception) when (exception is GraftException or Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{exception}\n{proxy.Output}\n{proxy.Error}");
        }

        Assert.Equal(Undescribed, Violation().Matches(proxy.Output).Select(match => match.Groups[1].Value.Trim()).Distinct(StringComparer.Ordinal));
        Assert.Equal(GitHubDescription.Calls.Order(StringComparer.Ordinal), gitHub.Requests.Where(request => !request.Path.Contains("/acme/other/", StringComparison.Ordinal)).Select(CallOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{gitHub.Requests.Count} requests and answers as GitHub describes them, by {GitHubDescription.Calls.Count} calls");
    }

    [Theory]
    [InlineData("""{"tag_name":5}""")]
    [InlineData("""{"name":"v1"}""")]
    [InlineData("""{"tag_name":"v1","make_latest":true}""")]
    [InlineData("""{"tag_name":"v1","nonsense":"x"}""")]
    public async Task Nothing_else_is_let_through_to_GitHub(string body)
    {
        using var client = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(new Uri(gitHub.Root + "/repos/acme/product/releases"), content, Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Empty(gitHub.Requests);
    }

    [Fact]
    public async Task Nothing_else_is_let_through_from_the_stand_in()
    {
        gitHub.Faults = _ => new GitHubFault(WireReply.Of(200, """[{"id":1,"tag_name":"v1"}]""", ("Content-Type", "application/json")), TakesEffect: false);

        var failure = await Assert.ThrowsAsync<GraftException>(() => forge.Publisher.ListAsync(Cancellation));

        Assert.Contains("it answers 500", failure.Message, StringComparison.Ordinal);
    }

    private async Task TellAsync()
    {
        var head = repository.Head;
        repository.Tag("v3.2.202501010000");
        repository.Git("push", "--quiet", "origin", "v3.2.202501010000");
        gitHub.Rules.PullRequests.Add(new StoredPullRequest(1, "Fix", "text", head.ToString(), head.ToString(), "fix"));
        for (var number = 0; number < 101; number++)
        {
            gitHub.Rules.Add($"v1.{number}.202401010000", "main", draft: number % 2 == 0, ("a.yaml", "a"));
        }

        var publisher = forge.Publisher;
        var draft = await publisher.CreateDraftAsync(Draft("v3.2.202501010000"), Cancellation);
        Assert.Equal("name: é\n"u8.ToArray(), gitHub.Rules.Releases[^1].Assets[0].Bytes);
        await publisher.PublishAsync(draft, Cancellation);
        Assert.Equal(102, (await publisher.ListAsync(Cancellation)).Releases.Count);

        // A second draft, of which an upload was cut off, and which is taken back.
        gitHub.Faults = request => request.Method == "POST" && request.Path.EndsWith("/assets", StringComparison.Ordinal) && gitHub.Rules.Releases[^1].Assets.Count == 0 ? GitHubFault.HalfUploaded : null;
        await Assert.ThrowsAsync<GraftException>(() => publisher.CreateDraftAsync(Draft("v3.2.202501020000"), Cancellation));
        gitHub.Faults = _ => null;
        gitHub.Rules.Releases[^1].Assets[0] = gitHub.Rules.Releases[^1].Assets[0] with { State = "open" };
        draft = await publisher.CreateDraftAsync(Draft("v3.2.202501020000"), Cancellation);
        await publisher.DeleteDraftAsync(draft, Cancellation);
        using var fresh = Open(LocalGitHub.WriteToken);
        await fresh.Publisher.DeleteDraftAsync(draft, Cancellation);

        // Refusals: a commit that GitHub does not know, a tag that a release has, a repository that is not there.
        await RefusedAsync(publisher.CreateDraftAsync(Draft("v3") with { Commit = CommitId.Parse(new string('1', 40)) }, Cancellation), " has no commit 11111111");
        gitHub.Rules.ShowsUpTo = 0;
        await RefusedAsync(publisher.CreateDraftAsync(Draft("v3.2.202501010000"), Cancellation), "there is already a release");
        gitHub.Rules.ShowsUpTo = null;
        using var other = Open(LocalGitHub.WriteToken, "acme/other");
        await RefusedAsync(other.Publisher.ListAsync(Cancellation), "'acme/other' is not on ");

        Assert.Null(await forge.PullRequests.FindAsync(2, Cancellation));
        Assert.Equal("Fix", (await forge.PullRequests.FindAsync(1, Cancellation))!.Title);
        Assert.Single(await forge.PullRequests.ListAsync(head, Cancellation));
        Assert.Equal(5000, (await forge.FetchLimitsAsync(Cancellation))!.Limit);
    }

    private static async Task RefusedAsync(Task call, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<GraftException>(() => call)).Message, StringComparison.Ordinal);

    private GitHubForge Open(string token, string? name = null)
    {
        var settings = new GitHubSettings
        {
            Api = gitHub.Root,
            Repository = name ?? gitHub.Rules.Repository,
            NameOf = tag => ReleaseName.TryParse(tag[1..], out var name) ? name : null,
            // Nothing can be kept there: 304 is not described.
            Pages = Path.Combine(repository.At(".git"), "HEAD", "pages"),
        };
        return new GitHubForge(settings, new GitHubTokens(TemporaryRepository.Runner, name => name == "GH_TOKEN" ? token : null), wire);
    }

    private ReleaseDraft Draft(string tag) =>
        new(tag, repository.Head, "title", "notes", [new ReleaseAsset("a.yaml", Encoding.UTF8.GetBytes("name: é\n")), new ReleaseAsset("a.lock.json", "{}"u8.ToArray())]);

    private static string CallOf(WireRequest request)
    {
        var matches = GitHubDescription.Calls.Where(call => call.StartsWith(request.Method + " ", StringComparison.Ordinal)
            && Regex.IsMatch(request.Path, "^" + Regex.Replace(call.Split(' ')[1], @"\{[^}]*\}", "[^/]+") + "$"));
        return matches.FirstOrDefault() ?? request.ToString();
    }

    [GeneratedRegex("Violation: (.*)")]
    private static partial Regex Violation();

    [GeneratedRegex(@"listening on (http://127\.0\.0\.1:[0-9]+)")]
    private static partial Regex Listening();
}
