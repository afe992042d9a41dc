using System.Text.Json;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Between a draft and its publication may lie days: everything is looked at again, and nothing is published that would not be cut now.</summary>
public sealed class PublishTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Fact]
    public void A_sibling_that_was_published_meanwhile_is_not_set_back()
    {
        var first = product.CutHotfix();
        var sibling = PublishSibling();

        var refused = Publish(first);

        Assert.Equal(
            $"refused: '{sibling}' is a later hotfix of the same lineage, which has a commit that this branch lacks [newer-hotfix]\n"
            + $"hint: cut this one from '{sibling}', or bring its commits here\n"
            + $"error: cannot publish '{first}': 1 finding refuses\n"
            + "hint: mend that, or pass `--allow newer-hotfix`\n",
            refused.Error);
        Assert.Equal(3, refused.ExitCode);
        IsStillADraft(first);
        Assert.Equal("newer-hotfix", Publish(first, "--json").Json().GetProperty("guards")[0].GetProperty("guard").GetString());

        var allowed = Publish(first, "--allow", "newer-hotfix").Succeeded();

        Assert.Contains($"\nallowed: '{sibling}' is a later hotfix", allowed.Error, StringComparison.Ordinal);
        Assert.False(IsDraft(first));
    }

    [Fact]
    public void A_sibling_whose_commit_is_elsewhere_is_known_by_the_publisher()
    {
        var first = product.CutHotfix();
        var sibling = PublishSibling();
        File.Delete(product.At($"releases/{sibling}.yaml"));
        Git.Git("tag", "--delete", $"v{sibling}");
        Git.Git("branch", "--delete", "--force", "hotfix/other");
        Git.Git("update-ref", "-d", "refs/remotes/origin/hotfix/other");
        Git.Git("reflog", "expire", "--expire=now", "--all");
        Git.Git("gc", "--quiet", "--prune=now");

        var refused = Publish(first);

        Assert.Contains($"'{sibling}' is a later hotfix of the same lineage, whose commit is not here to compare [newer-hotfix]\nhint: `git fetch --tags`\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, refused.ExitCode);
    }

    [Fact]
    public void A_version_that_a_sibling_changed_meanwhile_is_not_set_back()
    {
        var first = product.CutHotfix(set: "acme-tools/lint=2.20");
        var sibling = product.CutHotfix();
        Publish(sibling).Succeeded();

        var refused = Publish(first);

        Assert.Contains($"and this one would set 'bitnami/redis' back to what '{Release}' has [newer-hotfix]", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, refused.ExitCode);
    }

    [Fact]
    public void A_hotfix_of_the_sibling_is_published()
    {
        var first = product.CutHotfix();
        Publish(first).Succeeded();
        var second = product.CutHotfix(of: first, set: "acme-tools/lint=2.20");

        Publish(second).Succeeded();

        Assert.False(IsDraft(second));
    }

    [Theory]
    [InlineData("published", "'releases/NAME.lock.json' is not what release 'vNAME' has on the publisher")]
    [InlineData("local", "'releases/NAME.lock.json' is not what release 'vNAME' has on the publisher")]
    [InlineData("published gone", "release 'vNAME' has no lock on the publisher, and 'releases/NAME.lock.json' is here")]
    [InlineData("local gone", "'releases/NAME.lock.json' is not here, and release 'vNAME' has it on the publisher")]
    [InlineData("published gone local gone", "the hotfix 'NAME' has no lock, neither here nor on the publisher")]
    public void A_lock_that_is_not_the_one_that_was_made(string what, string message)
    {
        var hotfix = product.CutHotfix();
        foreach (var (place, file) in new[] { ("published", $".graft/published/v{hotfix}/assets/{hotfix}.lock.json"), ("local", $"releases/{hotfix}.lock.json") })
        {
            if (what.Contains(place + " gone", StringComparison.Ordinal))
            {
                File.Delete(product.At(file));
            }
            else if (what == place)
            {
                File.AppendAllText(product.At(file), "\n");
            }
        }

        var refused = Publish(hotfix);

        Assert.StartsWith($"error: {message.Replace("NAME", hotfix, StringComparison.Ordinal)}\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(4, refused.ExitCode);
        IsStillADraft(hotfix);
    }

    [Fact]
    public void References_that_cannot_be_looked_at_are_not_published_unless_offline()
    {
        var hotfix = product.CutHotfix();

        var refused = product.Run($"release publish {hotfix} --yes");

        Assert.Contains("warning: 'bitnami/redis:7.2.5' could not be looked at: ", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nhint: pass `--offline` to do without\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(5, refused.ExitCode);
        IsStillADraft(hotfix);
    }

    [Theory]
    [InlineData("  acme-tools/lint: 2.10\n", "", "acme-tools/lint:2.10 is gone")]
    [InlineData("bitnami/redis:7.2.5", "bitnami/redis:7.2.6", "bitnami/redis:7.2.6 is new, bitnami/redis:7.2.5 is missing")]
    [InlineData("bitnami/redis:7.2.5", "bitnami/redis:7.2.4", "bitnami/redis:7.2.4 is still there, bitnami/redis:7.2.5 is missing")]
    public void What_differs_otherwise_than_the_hotfix_says_is_not_published(string text, string by, string what)
    {
        var hotfix = product.CutHotfix();
        foreach (var file in new[] { $"releases/{hotfix}.yaml", $".graft/published/v{hotfix}/assets/{hotfix}.yaml" })
        {
            var before = File.ReadAllText(product.At(file));
            Assert.Contains(text, before, StringComparison.Ordinal);
            File.WriteAllText(product.At(file), before.Replace(text, by, StringComparison.Ordinal));
        }

        var refused = product.Run($"release publish {hotfix} --offline --yes");

        Assert.StartsWith($"error: '{hotfix}' differs from its base '{Release}' in more or other than it says: {what}\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, refused.ExitCode);
        IsStillADraft(hotfix);
    }

    [Fact]
    public async Task A_reference_that_was_moved_since_is_not_published()
    {
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        const string name = "3.2.203001010000";
        product.Run($"hotfix generate --offline --release {Release} --build acme/api --name {name}").Succeeded();
        var index = System.Text.Json.Nodes.JsonNode.Parse(product.Read(".graft/images/index.json"))!;
        System.Text.Json.Nodes.JsonNode Entry(string image) =>
            index["manifests"]!.AsArray().Single(entry => entry!["annotations"]!["org.opencontainers.image.ref.name"]!.GetValue<string>().StartsWith(image, StringComparison.Ordinal))!;
        Entry("acme/api:")["digest"] = Entry("acme/base:")["digest"]!.GetValue<string>();
        Entry("acme/api:")["size"] = Entry("acme/base:")["size"]!.GetValue<long>();
        Git.Write(".graft/images/index.json", index.ToJsonString(JsonSerializerOptions.Default));

        var refused = Publish(name);

        Assert.Contains($"warning: 'acme/api:{name}-{product.Fix.Short}' was sha256:", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith($"error: cannot publish '{name}': '{name}' is not what was released: a reference differs\nhint: `graft release verify {name}` shows it\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, refused.ExitCode);
        IsStillADraft(name);
    }

    [Fact]
    public void A_tag_that_landed_elsewhere_is_said()
    {
        var hotfix = product.CutHotfix();
        var hook = Path.Combine(Git.Remote, "hooks", "post-receive");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, $"#!/bin/sh\ngit update-ref refs/tags/v{hotfix} {product.Released}\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var result = Publish(hotfix);

        Assert.EndsWith(
            $"error: '{hotfix}' is published, but its tag 'v{hotfix}' is at {product.Released.Short} on 'origin' and not at {product.Fix.Short}\nhint: find out who moved it before anybody installs the release\n",
            result.Error,
            StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void What_is_published_already_is_not_looked_at_again()
    {
        var hotfix = product.CutHotfix();
        Publish(hotfix).Succeeded();

        Assert.Equal($"'{hotfix}' is published already\n", product.Run($"release publish {hotfix}").Succeeded().Error);
    }

    [Fact]
    public void Tag_taken_is_not_to_be_allowed_here_either() => Assert.Equal(2, Publish("3.2.203001010000", "--allow", "tag-taken").ExitCode);

    private string PublishSibling()
    {
        Git.Git("switch", "--quiet", "--create", "hotfix/other", $"v{Release}");
        Git.Commit("Another fix", ("src/web/public/index.html", "<p>Hello.</p>\n"));
        Git.Push();
        var sibling = product.CutHotfix();
        Publish(sibling).Succeeded();
        Git.Git("switch", "--quiet", SampleProduct.Branch);
        return sibling;
    }

    private GraftResult Publish(string name, params string[] more) => product.Graft.Run(["release", "publish", name, "--yes", "--offline", .. more]);

    private bool IsDraft(string name) => product.Run("release list --json").Json().EnumerateArray().Single(release => release.GetProperty("name").GetString() == name).GetProperty("draft").GetBoolean();

    private void IsStillADraft(string name)
    {
        Assert.True(IsDraft(name));
        Assert.Equal("", Git.Git("tag", "--list", $"v{name}"));
        Assert.DoesNotContain($"refs/tags/v{name}", Git.Git("ls-remote", "origin"), StringComparison.Ordinal);
    }
}
