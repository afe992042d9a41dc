using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>A person at a terminal is asked for what the command line leaves open.</summary>
public sealed class PromptTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task A_whole_hotfix_with_typed_answers_is_the_one_that_flags_make()
    {
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        using (var terminal = product.Graft.StartOnTerminal("hotfix", "generate", "--offline"))
        {
            terminal.WaitFor($"on branch {SampleProduct.Branch} at {product.Fix.Short}, nothing to commit");
            terminal.WaitFor($"since {Release}: 1 commit, 1 file, +1 -1");
            terminal.WaitFor($"{product.Fix.Short}  Let sessions last an hour  not on origin/main");
            terminal.WaitFor("M  src/api/app/session.conf  +1 -1");
            terminal.Answer("cut the hotfix from here?", "y" + Keys.Enter);
            terminal.Answer("which release is fixed?", Keys.Enter);
            terminal.WaitFor($"release {Release}");
            terminal.WaitFor("which images are built?");
            // The first of the product's four is chosen already; the third comes to it.
            terminal.WaitFor("[X] acme/api:3.2.202511230446-");
            terminal.WaitFor("(affected)");
            terminal.Answer("enter goes on", Keys.Down + Keys.Down + Keys.Space + Keys.Enter);
            terminal.WaitFor("build acme/api, acme/web");
            // The fourth of the others: after the product's two and postgresql.
            terminal.Answer("which other images change version?", Keys.Down + Keys.Down + Keys.Down + Keys.Space + Keys.Enter);
            terminal.Answer("new version of bitnami/redis (now 7.2.4; empty skips it):", "7.2.4" + Keys.Enter);
            terminal.WaitFor("that is the version it has");
            terminal.Answer("new version of bitnami/redis", "7.2.5" + Keys.Enter);
            terminal.WaitFor("build   acme/api");
            terminal.WaitFor("change  bitnami/redis  7.2.4 -> 7.2.5");
            terminal.Answer("carry this out?", "y" + Keys.Enter);
            terminal.WaitFor("is cut");
            Assert.Equal(0, terminal.WaitForExit().ExitCode);
        }

        var typed = product.Releases[^1];
        product.Run($"hotfix generate --offline --release {Release} --build acme/api acme/web --set bitnami/redis=7.2.5").Succeeded();
        var flagged = product.Releases[^1];

        Assert.NotEqual(typed, flagged);
        Assert.Equal(WithoutName(typed, product.ReadManifest(typed)), WithoutName(flagged, product.ReadManifest(flagged)));
        Assert.Equal(WithoutName(typed, product.Read($"releases/{typed}.lock.json")), WithoutName(flagged, product.Read($"releases/{flagged}.lock.json")));
    }

    [Fact]
    public void No_is_an_answer_and_changes_nothing()
    {
        using var terminal = product.Graft.StartOnTerminal("hotfix", "generate", "--offline", "--release", Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built");
        terminal.Answer("cut the hotfix from here?", "y" + Keys.Enter);
        terminal.Answer("carry this out?", "n" + Keys.Enter);
        terminal.WaitFor("nothing was changed");

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
        Assert.Equal([Release], product.Releases);
        Assert.False(Directory.Exists(product.At(".graft")));
    }

    [Fact]
    public void Interrupting_a_question_ends_with_130_and_changes_nothing()
    {
        using var terminal = product.Graft.StartOnTerminal("hotfix", "generate", "--offline");
        terminal.Answer("cut the hotfix from here?", "y" + Keys.Enter);
        terminal.Answer("which release is fixed?", Keys.Interrupt);

        Assert.Equal(130, terminal.WaitForExit().ExitCode);
        Assert.Equal([Release], product.Releases);
    }

    [Fact]
    public void An_image_that_is_chosen_and_left_empty_is_skipped()
    {
        using var terminal = product.Graft.StartOnTerminal("hotfix", "generate", "--offline", "--release", Release, "--build-none");
        terminal.Answer("cut the hotfix from here?", "y" + Keys.Enter);
        terminal.Answer("which other images change version?", Keys.Space + Keys.Enter);
        terminal.Answer("empty skips it", Keys.Enter);

        var result = terminal.WaitForExit();
        Assert.Contains("nothing to do: no image is built and none changes", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void Drafts_and_pre_releases_are_not_offered()
    {
        product.WriteManifest("pre-TICKET-1", SampleFiles.Manifest(Release, product.Released).Replace($"name: {Release}", "name: pre-TICKET-1", StringComparison.Ordinal));
        var draft = product.CutHotfix();
        using var terminal = product.Graft.StartOnTerminal("hotfix", "generate", "--offline");
        terminal.Answer("cut the hotfix from here?", "y" + Keys.Enter);
        terminal.WaitFor("which release is fixed?");
        terminal.Answer(Release, Keys.Interrupt);
        terminal.WaitForExit();

        Assert.DoesNotContain(draft, terminal.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("pre-TICKET-1", terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Publishing_asks()
    {
        var hotfix = product.CutHotfix();
        using var terminal = product.Graft.StartOnTerminal("release", "publish", hotfix, "--offline");
        terminal.Answer($"publish {hotfix}?", "y" + Keys.Enter);

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
        Assert.False(product.Run("release list --json").Json()[0].GetProperty("draft").GetBoolean());
    }

    // The minute that the name has, wherever it stands: in the name, in `released_at`, in the tags of built images.
    private static string WithoutName(string release, string text)
    {
        var stamp = release[^12..];
        var time = $"{stamp[..4]}-{stamp[4..6]}-{stamp[6..8]}T{stamp[8..10]}:{stamp[10..]}:00+00:00";
        return text.Replace(release, "NAME", StringComparison.Ordinal).Replace(time, "TIME", StringComparison.Ordinal);
    }
}
