using Graft.Testing;
using Graft.Testing.GitHub;

namespace Graft.Cli.Tests.Interruptions;

/// <summary>
/// The program is killed at calls to GitHub, before or after the call took effect, and carried on: one release with the files that are here, on its commit, or none that was given up. With
/// GRAFT_SLOW=1 at every call.
/// </summary>
public sealed class GitHubKillTests : IDisposable
{
    private const string Name = SampleHotfix.Name;
    private const string Generate = $"hotfix generate --release {SampleProduct.Release} --set bitnami/redis=7.2.5 --allow affected-not-built --offline --name {Name}";
    private const string Publish = $"release publish {Name} --offline --yes";

    private static readonly int Step = Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 } ? 1 : 4;

    private readonly LocalGitHub gitHub = new();
    private readonly SampleProduct template;

    public GitHubKillTests() => template = new SampleProduct(SampleFiles.Configuration + $"publisher: github:acme/product\ngithub-api: {gitHub.Root}\n");

    public void Dispose()
    {
        gitHub.Dispose();
        template.Dispose();
    }

    [Fact]
    public void While_a_hotfix_is_cut()
    {
        var trials = 0;
        for (var point = 0; ; point += Step, trials++)
        {
            using var product = Open();
            if (!IsKilled(product, Generate, point))
            {
                break;
            }

            CarryOn(product, Generate);
            Judge(product, isDraft: true, $"killed at point {point}");
        }

        Say(trials, "while a hotfix was cut");
    }

    [Fact]
    public void While_it_is_published()
    {
        var trials = 0;
        for (var point = 0; ; point += Step, trials++)
        {
            using var product = Open();
            Run(product, Generate);
            if (!IsKilled(product, Publish, point))
            {
                break;
            }

            Run(product, Publish);
            Judge(product, isDraft: false, $"killed at point {point}");
        }

        Say(trials, "while it was published");
    }

    [Fact]
    public void While_it_is_given_up()
    {
        const string abandon = $"hotfix abandon {Name} --yes";
        var trials = 0;
        for (var point = 0; ; point += Step, trials++)
        {
            using var product = Open();
            Run(product, Generate);
            if (!IsKilled(product, abandon, point))
            {
                break;
            }

            Run(product, abandon);
            Assert.Equal([$"v{SampleProduct.Release}"], gitHub.Rules.Releases.Select(release => release.Tag));
            Assert.Equal([SampleProduct.Release], product.Releases);
        }

        Say(trials, "while it was given up");
    }

    private SampleProduct Open()
    {
        var product = new SampleProduct(template);
        gitHub.Rules = new GitHubRules("acme/product") { Remote = product.Repository.Remote };
        gitHub.Rules.Add($"v{SampleProduct.Release}", "main", draft: false, ($"{SampleProduct.Release}.yaml", product.ReadManifest(SampleProduct.Release)));
        return product;
    }

    // Two points to a call: before and after it took effect. False when the run has fewer calls.
    private bool IsKilled(SampleProduct product, string line, int point)
    {
        var calls = 0;
        var killed = false;
        var started = new TaskCompletionSource<RunningProgram>(TaskCreationOptions.RunContinuationsAsynchronously);
        gitHub.Faults = _ =>
        {
            if (killed || calls++ != point / 2)
            {
                return null;
            }

            killed = true;
            started.Task.GetAwaiter().GetResult().Signal("KILL");
            return point % 2 == 0 ? GitHubFault.LostBefore : GitHubFault.LostAfter;
        };
        using var program = Graft(product).Start(line.Split(' '));
        started.SetResult(program);
        program.WaitForExit();
        gitHub.Faults = _ => null;
        return killed;
    }

    private static void CarryOn(SampleProduct product, string line) =>
        Run(product, File.Exists(product.At($".graft/runs/{Name}/plan.json")) ? $"hotfix resume {Name}" : line);

    private void Judge(SampleProduct product, bool isDraft, string trial)
    {
        var release = Assert.Single(gitHub.Rules.Releases, release => release.Tag == $"v{Name}");
        Assert.True(gitHub.Rules.Releases.Count == 2 && release.Draft == isDraft, trial);
        Assert.Equal(
            [(product.Read($"releases/{Name}.lock.json"), $"{Name}.lock.json", "uploaded"), (product.ReadManifest(Name), $"{Name}.yaml", "uploaded")],
            release.Assets.OrderBy(asset => asset.Name, StringComparer.Ordinal).Select(asset => (System.Text.Encoding.UTF8.GetString(asset.Bytes), asset.Name, asset.State)));
        Assert.Equal(isDraft ? null : product.Fix.ToString(), gitHub.Rules.Resolve($"refs/tags/v{Name}^{{commit}}"));
        // The name is free again for whoever comes next.
        Assert.Equal("", product.Repository.GitIn(product.Repository.Remote, "for-each-ref", "refs/graft"));
    }

    private static void Run(SampleProduct product, string line) => Graft(product).Run(line.Split(' ')).Succeeded();

    private static GraftRun Graft(SampleProduct product) => product.Graft.With("GH_TOKEN", LocalGitHub.WriteToken);

    private static void Say(int trials, string when)
    {
        Assert.NotEqual(0, trials);
        TestContext.Current.TestOutputHelper!.WriteLine($"{trials} runs killed at a call to GitHub {when}, and carried on: no other end than that of an unbroken one");
    }
}
