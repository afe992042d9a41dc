using Graft.Testing;
using Graft.Testing.GitHub;

namespace Graft.Cli.Tests;

/// <summary>The whole way of a hotfix where releases live on GitHub.</summary>
public sealed class GitHubStoryTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly LocalGitHub gitHub = new();
    private readonly SampleProduct product;
    private readonly List<string> said = [];

    public GitHubStoryTests()
    {
        product = new SampleProduct(SampleFiles.Configuration + $"publisher: github:acme/product\ngithub-api: {gitHub.Root}\n");
        gitHub.Rules.Remote = product.Repository.Remote;
        gitHub.Rules.Latest = gitHub.Rules.Add($"v{Release}", "main", draft: false, ("manifest.yaml", product.ReadManifest(Release)));
        File.Delete(product.At($"releases/{Release}.yaml"));
    }

    public void Dispose()
    {
        gitHub.Dispose();
        product.Dispose();
    }

    [Fact]
    public void From_a_download_to_the_hotfix_of_a_hotfix()
    {
        Run("release download");
        var first = Cut(Release, "bitnami/redis=7.2.5");
        Run($"release publish {first} --offline --yes");
        product.Repository.Git("tag", "--delete", $"v{first}");
        product.Repository.Git("fetch", "--quiet", "--tags");
        File.Delete(product.At($"releases/{first}.yaml"));
        Run("release download");
        var second = Cut(first, "acme-tools/lint=2.20");
        Run($"release publish {second} --offline --yes");

        Assert.Equal($"{Release}\n└── {first}\n    └── {second}\n", Run("release tree").Output);
        Assert.Equal([$"v{Release}", $"v{first}", $"v{second}"], gitHub.Rules.Releases.Select(release => release.Tag));
        Assert.All(gitHub.Rules.Releases, release => Assert.False(release.Draft));
        Assert.Equal(["manifest.yaml", $"{second}.lock.json"], gitHub.Rules.Releases[^1].Assets.Select(asset => asset.Name));
        Assert.Equal(product.Fix.ToString(), gitHub.Rules.Resolve($"refs/tags/v{second}^{{commit}}"));
        Assert.Equal($"v{second}", gitHub.Rules.Latest!.Tag);
        AssertNoTokenIsAnywhere();
    }

    [Fact]
    public void A_hotfix_that_is_given_up_takes_its_draft_along()
    {
        Run("release download");
        var name = Cut(Release, "bitnami/redis=7.2.5");

        Run($"hotfix abandon {name} --yes");

        Assert.Equal([$"v{Release}"], gitHub.Rules.Releases.Select(release => release.Tag));
    }

    [Fact]
    public void A_run_that_GitHub_cut_off_is_resumed()
    {
        Run("release download");
        gitHub.Faults = request => request.Method == "POST" && request.Path.EndsWith("/assets", StringComparison.Ordinal) ? GitHubFault.Before(501) : null;
        var failed = Graft().Run($"hotfix generate --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built --offline".Split(' '));
        gitHub.Faults = _ => null;

        Assert.Equal((5, true), (failed.ExitCode, failed.Error.Contains("answered with 501", StringComparison.Ordinal)));
        Run("hotfix resume");

        Assert.Equal(2, gitHub.Rules.Releases[^1].Assets.Count);
        Assert.Equal(2, gitHub.Rules.Releases.Count);
    }

    [Fact]
    public void Without_a_token_a_draft_is_refused_with_how_to_log_in()
    {
        Run("release download");

        var failed = (Graft() with { Variables = new Dictionary<string, string?>() }).Run($"hotfix generate --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built --offline".Split(' '));

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains($"error: '{gitHub.Host}' wants a token: Requires authentication\nhint: set GH_TOKEN, or `gh auth login --hostname {gitHub.Host}`", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_host_is_asked_with_what_gh_has_for_it_and_with_no_other_token()
    {
        var bin = Directory.CreateDirectory(product.Repository.Beside("bin")).FullName;
        var gh = Path.Combine(bin, "gh");
        File.WriteAllText(gh, $"#!/bin/sh\nprintf '%s %s' \"$*\" \"$GH_TOKEN\" > '{bin}/called'\necho gho_fromGh0123456789\n");
        File.SetUnixFileMode(gh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        product.Repository.Write("graft.yaml", SampleFiles.Configuration + "publisher: github:acme/product\ngithub-api: https://github.example.invalid/api/v3\n");

        // Its proxy is not there: nothing is sent to anybody.
        var failed = Graft().With("PATH", $"{bin}:{Environment.GetEnvironmentVariable("PATH")}").Run("release", "download");

        Assert.Equal((5, "auth token --hostname github.example.invalid "), (failed.ExitCode, File.ReadAllText(Path.Combine(bin, "called"))));
        Assert.Contains("'github.example.invalid' was not reached", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("gho_", failed.Error + failed.Output, StringComparison.Ordinal);
    }

    private string Cut(string of, string set) =>
        Run($"hotfix generate --release {of} --set {set} --allow affected-not-built --offline --json").Json().GetProperty("release").GetString()!;

    private GraftResult Run(string line)
    {
        var result = Graft().Run(line.Split(' ')).Succeeded();
        said.AddRange([result.Output, result.Error]);
        return result;
    }

    private GraftRun Graft() => product.Graft.With("GH_TOKEN", LocalGitHub.WriteToken);

    private void AssertNoTokenIsAnywhere()
    {
        Assert.DoesNotContain(said, text => text.Contains(LocalGitHub.WriteToken, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(product.Repository.Around, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }),
            file => File.ReadAllText(file).Contains(LocalGitHub.WriteToken, StringComparison.Ordinal));
    }
}
