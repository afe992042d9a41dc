using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>What a person decided is carried out later, elsewhere and without a question, or refused when the world has moved.</summary>
public sealed class PlanFileTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;
    private static readonly string[] Plan = ["hotfix", "generate", "--offline", "--release", Release, "--build", "acme/api", "--set", "bitnami/redis=7.2.5", "--plan-out", "hotfix.json"];
    private static readonly string[] Replay = ["hotfix", "generate", "--offline", "--plan", "hotfix.json", "--json"];

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void As_a_story()
    {
        var story = new WholeRun(product);
        story.Run([.. Plan[..^1], "../hotfix.json"]);
        story.Run("hotfix", "generate", "--offline", "--plan", "../hotfix.json", "--dry-run");
        story.Run("hotfix", "generate", "--offline", "--plan", "../hotfix.json");
        story.Run("hotfix", "generate", "--offline", "--plan", "../hotfix.json");
        story.Check("plan");
    }

    [Fact]
    public void Carries_out_what_was_decided_at_a_prompt()
    {
        using (var terminal = product.Graft.StartOnTerminal("hotfix", "generate", "--offline", "--plan-out", "hotfix.json"))
        {
            terminal.Answer("cut the hotfix from here?", Keys.Enter);
            terminal.Answer("which release is fixed?", Keys.Enter);
            terminal.Answer("which images are built?", Keys.Enter);
            terminal.Answer("which other images change version?", Keys.Enter);
            Assert.Equal(0, terminal.WaitForExit().ExitCode);
        }

        Assert.Equal([Release], product.Releases);
        var cut = product.Graft.Run(Replay).Succeeded().Json();
        Assert.Equal("acme/api", cut.GetProperty("built")[0].GetProperty("image").GetString());
    }

    [Fact]
    public void An_attempt_that_was_lost_with_its_machine_is_made_again()
    {
        product.Graft.Run(Plan).Succeeded();
        var first = product.Graft.Run(Replay).Succeeded().Json().GetProperty("release").GetString()!;
        var manifest = product.ReadManifest(first);
        // Of the first attempt the draft and the image are there, the folder with its run is not.
        Directory.Delete(product.At($".graft/runs/{first}"), recursive: true);
        File.Delete(product.At($"releases/{first}.yaml"));

        Assert.Equal(first, product.Graft.Run(Replay).Succeeded().Json().GetProperty("release").GetString());

        Assert.Equal(manifest, product.ReadManifest(first));
        Assert.Single(Directory.EnumerateDirectories(product.At(".graft/published")));
    }

    [Fact]
    public void Is_refused_at_another_commit()
    {
        product.Graft.Run(Plan).Succeeded();
        product.Repository.Commit("One more", ("src/api/app/session.conf", "timeout = 7200\n"));
        product.Repository.Push();

        Refused($"the plan cannot be carried out: it is for commit {product.Fix.Short}, and HEAD is {product.Repository.Head.Short}");
    }

    [Fact]
    public void Is_refused_with_another_base_manifest()
    {
        product.Graft.Run(Plan).Succeeded();
        product.WriteManifest(Release, product.ReadManifest(Release) + "# touched\n");

        Refused($"the plan cannot be carried out: the manifest of '{Release}' is not the one that it was made from");
    }

    [Theory]
    [InlineData("\"layout:.graft/images\"", "\"layout:../elsewhere\"", "in 'registry'")]
    [InlineData("\"from\": \"7.2.4\"", "\"from\": \"7.2.3\"", "in 'changes'")]
    public void Is_refused_when_it_was_tampered_with(string text, string replacement, string words)
    {
        product.Graft.Run(Plan).Succeeded();
        File.WriteAllText(product.At("hotfix.json"), product.Read("hotfix.json").Replace(text, replacement, StringComparison.Ordinal));

        Refused($"the plan cannot be carried out: made now it would be another one, {words}");
    }

    [Fact]
    public void Is_refused_when_it_would_write_elsewhere()
    {
        product.Graft.Run(Plan).Succeeded();
        File.WriteAllText(product.At("hotfix.json"), product.Read("hotfix.json").Replace("\"releases/3.2.", "\"../../3.2.", StringComparison.Ordinal));

        Refused("'hotfix.json' cannot be carried out: '../../3.2.");
    }

    [Fact]
    public void Guards_are_asked_again()
    {
        product.Graft.Run(Plan).Succeeded();
        product.Repository.Write("src/api/app/session.conf", "timeout = 1\n");

        var refused = product.Graft.Run(Replay);

        Assert.Equal(3, refused.ExitCode);
        Assert.Equal("dirty-tree", refused.Json().GetProperty("guards")[0].GetProperty("guard").GetString());
        product.Graft.Run([.. Replay, "--allow", "dirty-tree"]).Succeeded();
    }

    [Fact]
    public void No_plan_is_written_when_a_guard_refuses()
    {
        product.Repository.Write("src/api/app/session.conf", "timeout = 1\n");

        Assert.Equal(3, product.Graft.Run(Plan).ExitCode);

        Assert.False(File.Exists(product.At("hotfix.json")));
    }

    [Theory]
    [InlineData("--release 3.2.202511230446", "--release")]
    [InlineData("--set a=b", "--set")]
    [InlineData("--build a", "--build")]
    [InlineData("--build-none", "--build-none")]
    [InlineData("--name 3.2.203001010000", "--name")]
    [InlineData("--no-draft", "--no-draft")]
    [InlineData("--plan-out x.json", "--plan-out")]
    public void Leaves_nothing_else_to_decide(string more, string option)
    {
        var result = product.Run($"hotfix generate --plan hotfix.json {more}");

        Assert.Equal($"error: `--plan` and `{option}` contradict each other\nhint: a plan has decided that already; leave one of them out\n", result.Error);
        Assert.Equal(2, result.ExitCode);
    }

    [Theory]
    [InlineData("", "hotfix.json:1:1: the plan is not JSON")]
    [InlineData("{}", "hotfix.json:1:3: the plan is not what it should be")]
    [InlineData("null", "'hotfix.json' is not a plan that this version of graft reads")]
    [InlineData("[1]", "hotfix.json:1:2: the plan is not what it should be")]
    public void A_file_that_is_no_plan(string text, string words)
    {
        product.Repository.Write("hotfix.json", text);

        Refused(words);
    }

    private void Refused(string words)
    {
        var result = product.Graft.Run(Replay);

        Assert.StartsWith(words, result.Json().GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal([Release], product.Releases);
        Assert.False(Directory.Exists(product.At(".graft/runs")));
    }
}
