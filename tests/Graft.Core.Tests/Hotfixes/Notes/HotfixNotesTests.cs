using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Hotfixes.Notes;

public sealed class HotfixNotesTests
{
    private static readonly CommitId Other = CommitId.Parse("66aa00bb00000000000000000000000000000000");
    private static readonly HotfixRequest Request = HotfixWorld.Set("bitnami/postgresql=15.3.1");

    [Fact]
    public void Say_what_was_fixed_and_which_images_it_came_with()
    {
        var facts = HotfixWorld.Facts with
        {
            Product = HotfixWorld.Product with { Publisher = "github:acme/shop" },
            Commits = [new(HotfixWorld.Head, [Other], "fix(api): let *sessions* last (#12)", ""), new(Other, [HotfixWorld.BaseCommit], "chore: thank @ada", "")],
        };

        var notes = HotfixWorld.Plan(Request with { Build = HotfixWorld.Build("acme/api").Build }, facts).Plan.Draft!.Notes;

        Assert.Equal(
            """
            Hotfix of 3.2.202511230446.

            ## Fixes

            - let \*sessions\* last (#12, 77aa00bb)

            ## Under the Hood

            - thank @<!-- -->ada (66aa00bb)

            ## Built

            | image | from | to |
            |---|---|---|
            | acme/api | 3.2.202511230446-5c1f0a77 | 3.2.202511251200-77aa00bb |

            ## Changed

            | image | from | to |
            |---|---|---|
            | bitnami/postgresql | 15.3.0 | 15.3.1 |

            5 images are unchanged from v3.2.202511230446.

            **Full Changelog**: https://github.com/acme/shop/compare/v3.2.202511230446...v3.2.202511251200

            """,
            notes);
    }

    [Fact]
    public void Know_a_pull_request_that_the_publisher_tells_of()
    {
        var facts = HotfixWorld.Facts with
        {
            Commits = [new(HotfixWorld.Head, [HotfixWorld.BaseCommit], "Let sessions last", "")],
            PullRequests = new Dictionary<CommitId, PullRequest> { [HotfixWorld.Head] = new(31, "Sessions", "", "ada", ["enhancement"], "") },
        };

        Assert.Contains("\n## Enhancements\n\n- Let sessions last (#31, 77aa00bb)\n", HotfixWorld.Plan(Request, facts).Plan.Draft!.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Say_that_there_are_more_commits_than_they_list()
    {
        var commits = Enumerable.Range(1, 101).Select(id => new CommitMessage(Id(200 - id), [Id(199 - id)], $"number {id}", "")).ToList();

        var notes = HotfixWorld.Plan(Request, HotfixWorld.Facts with { Commits = commits }).Plan.Draft!.Notes;

        Assert.Contains("- number 100 (", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("- number 101 (", notes, StringComparison.Ordinal);
        Assert.Contains("\nThe branch has more commits than are listed here.\n", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Give_way_to_those_that_were_written() =>
        Assert.Equal("mine", HotfixWorld.Plan(Request with { Notes = "mine" }).Plan.Draft!.Notes);

    [Theory]
    [InlineData("github:acme/shop", "https://api.github.com", "https://github.com/acme/shop/compare/v1...v2")]
    [InlineData("github:acme/shop", "https://api.octo.ghe.com", "https://octo.ghe.com/acme/shop/compare/v1...v2")]
    [InlineData("github:acme/shop", "https://git.acme.example/api/v3", "https://git.acme.example/acme/shop/compare/v1...v2")]
    [InlineData("github:acme/shop", "http://localhost:8080", "http://localhost:8080/acme/shop/compare/v1...v2")]
    [InlineData("folder:.graft/published", "https://api.github.com", null)]
    public void Link_to_where_the_releases_are_compared(string publisher, string api, string? link) =>
        Assert.Equal(link, CompareLink.Of(HotfixWorld.Product with { Publisher = publisher, GitHubApi = api }, "v1", "v2"));

    private static CommitId Id(int id) => CommitId.Parse(id.ToString("x40", System.Globalization.CultureInfo.InvariantCulture));
}
