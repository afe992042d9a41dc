using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Exit code 2: the command line itself is off.</summary>
public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("hotfix generate --realease 3.2.1", "unknown option '--realease'", "did you mean `--release`?")]
    [InlineData("hotfix generate --realease=3.2.1", "unknown option '--realease'", "did you mean `--release`?")]
    [InlineData("hotfix generate --build acme/api --dry-rum", "unknown option '--dry-rum'", "did you mean `--dry-run`?")]
    [InlineData("hotfix generate --set bitnami/redis=7 --typo", "unknown option '--typo'", "`graft --help` lists what there is")]
    [InlineData("hotfix generate --release --json", "option '--release' needs a value", "`graft hotfix generate --help` shows how it is used")]
    [InlineData("hotfix generate --build --set a=b", "option '--build' needs a value", "`graft hotfix generate --help` shows how it is used")]
    [InlineData("demo --dry-rum", "unknown option '--dry-rum'", "`graft --help` lists what there is")]
    [InlineData("release publish R --dryrun", "unknown option '--dryrun'", "did you mean `--dry-run`?")]
    [InlineData("hotfix generat", "unknown command 'generat'", "did you mean `graft hotfix generate`?")]
    [InlineData("release lists", "unknown command 'lists'", "did you mean `graft release list`?")]
    [InlineData("release list extra", "unexpected argument 'extra'", "`graft release list --help` shows how it is used")]
    [InlineData("hotfix generate --release 3.2.202511230446", "nothing to do: no image is built and none changes", "pass `--build IMAGE`, `--build-affected` or `--set IMAGE=VERSION`")]
    [InlineData("hotfix generate --release 3.2.202511230446 --build-none", "nothing to do: no image is built and none changes", "pass `--build IMAGE`, `--build-affected` or `--set IMAGE=VERSION`")]
    [InlineData("hotfix generate --set bitnami/redis=7", "no release is named", "pass `--release R`; `graft release list` shows them")]
    [InlineData("hotfix generate --release R --build acme/api --build-none", "`--build` and `--build-none` contradict each other", "leave one of them out")]
    [InlineData("hotfix generate --release R --build-affected --build-none", "`--build-affected` and `--build-none` contradict each other", "leave one of them out")]
    [InlineData("hotfix generate --release R --set a=b --allow not-pusht", "there is no guard 'not-pusht'", "did you mean `not-pushed`?")]
    [InlineData("hotfix generate --release R --set a=b --allow tag-taken", "`--allow tag-taken` is not to be had: a tag that exists is never overwritten", "leave `--name` out to take the next free minute")]
    [InlineData("hotfix generate --release R --set a=b --allow nothing-at-all", "there is no guard 'nothing-at-all'", "the guards are affected-not-built, built-not-affected, conflict-markers, digest-drift, dirty-tree, missing-image, newer-hotfix, not-on-main, not-pushed, outside-images, platform-lost, shallow-clone, too-much, unchecked-image, unpublished-base, wrong-base")]
    [InlineData("hotfix generate --set a=b --release R --release", "option '--release' needs a value", "`graft hotfix generate --help` shows how it is used")]
    [InlineData("hotfix generate --release R --set a=b --allow not-pushed --allow", "option '--allow' needs a value", "`graft hotfix generate --help` shows how it is used")]
    public void Says_what_is_wrong_and_what_would_have_been_right(string line, string message, string hint)
    {
        using var folder = new TemporaryFolder();

        var result = new GraftRun { Directory = folder.Path, Home = folder.At("user") }.Run(line.Split(' '));

        Assert.Equal($"error: {message}\nhint: {hint}\n", result.Error);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
    }

    [Theory]
    [InlineData("release show")]
    [InlineData("release diff 3.2.202511230446")]
    public void Wants_what_is_missing(string line)
    {
        using var folder = new TemporaryFolder();

        var result = new GraftRun { Directory = folder.Path, Home = folder.At("user") }.Run(line.Split(' '));

        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"`graft {string.Join(' ', line.Split(' ').Take(2))} --help`", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
    }

    [Theory]
    [InlineData("bitnami/redis=7.2.4", "nothing to do: 'bitnami/redis:7.2.4' is what the release has already")]
    [InlineData("bitnami/redis=1 bitnami/redis=2", "'bitnami/redis:7.2.4' is asked for twice")]
    public void Refuses_what_changes_nothing_or_contradicts_itself(string set, string message)
    {
        using var product = new SampleProduct();

        var result = product.Run($"hotfix generate --offline --release {SampleProduct.Release} --set {set} --allow affected-not-built");

        Assert.Contains($"error: {message}\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void Publishing_without_a_terminal_wants_the_word_yes()
    {
        using var product = new SampleProduct();
        var hotfix = product.CutHotfix();

        var result = product.Run($"release publish {hotfix}");

        Assert.EndsWith($"error: publishing '{hotfix}' wants a confirmation\nhint: pass `--yes`\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void Takes_an_argument_that_begins_with_at_as_it_is()
    {
        using var product = new SampleProduct();

        var result = product.Run("release show @file");

        Assert.Equal("error: there is no release '@file' in 'releases'\n", result.Error[..(result.Error.IndexOf('\n', StringComparison.Ordinal) + 1)]);
        Assert.Equal(4, result.ExitCode);
    }
}
