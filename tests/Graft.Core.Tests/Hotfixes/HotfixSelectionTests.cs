using Graft.Core.Failures;
using Graft.Core.Hotfixes;

namespace Graft.Core.Tests.Hotfixes;

public sealed class HotfixSelectionTests
{
    [Fact]
    public void Builds_the_source_of_an_entry()
    {
        var selection = Select(HotfixWorld.Build("acme/api"));

        Assert.Equal("src/api/Dockerfile", Assert.Single(selection.Builds).Source.Dockerfile);
        Assert.Equal(6, selection.Unchanged.Count);
    }

    [Fact]
    public void Changes_identical_references_together()
    {
        var change = Assert.Single(Select(HotfixWorld.Set("bitnami/twice=2")).Changes);

        Assert.Equal(2, change.Entries.Count);
        Assert.Equal("bitnami/twice:2", change.To.ToString());
    }

    [Fact]
    public void Takes_one_of_several_versions_when_it_is_named() =>
        Assert.Equal("7.0", Assert.Single(Select(HotfixWorld.Set("bitnami/redis:7.0=7.4")).Changes).Entries[0].Version);

    [Fact]
    public void Finds_an_image_by_its_normalised_name() =>
        Assert.Equal("bitnami/postgresql", Assert.Single(Select(HotfixWorld.Set("docker.io/bitnami/postgresql=16")).Changes).Entries[0].Image.Text);

    [Fact]
    public void Lets_an_image_move_home()
    {
        var change = Assert.Single(Select(HotfixWorld.Set("bitnami/postgresql=quay.io/bitnami/postgresql:16")).Changes);

        Assert.Equal("quay.io/bitnami/postgresql:16", change.To.ToString());
    }

    [Theory]
    [InlineData("bitnami/redis=7.4", "ambiguous")]
    [InlineData("bitnami/redis:6=7.4", "no 'bitnami/redis' at '6'")]
    [InlineData("bitnami/postgres=16", "no entry for 'bitnami/postgres'")]
    public void Refuses_what_names_no_entry_or_several(string change, string words)
    {
        var failure = Assert.Throws<GraftException>(() => Select(HotfixWorld.Set(change)));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
    }

    [Fact]
    public void Refuses_to_build_what_has_no_dockerfile() =>
        Assert.Equal(FailureKind.Input, Assert.Throws<GraftException>(() => Select(HotfixWorld.Build("bitnami/postgresql"))).Kind);

    [Theory]
    [InlineData("bitnami/postgresql=15.3.0")]
    [InlineData("bitnami/postgresql:15.3.0=bitnami/postgresql:15.3.0")]
    public void Calls_a_change_to_what_is_there_nothing_to_do(string change)
    {
        var failure = Assert.Throws<GraftException>(() => Select(HotfixWorld.Set(change)));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains("nothing to do", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_two_things_of_one_entry()
    {
        var both = HotfixWorld.Build("acme/api") with { Changes = [VersionChange.Parse("acme/api=1")] };

        Assert.Equal(FailureKind.Usage, Assert.Throws<GraftException>(() => Select(both)).Kind);
        Assert.Equal(FailureKind.Usage, Assert.Throws<GraftException>(() => Select(HotfixWorld.Set("bitnami/twice=2", "bitnami/twice=3"))).Kind);
    }

    [Fact]
    public void Refuses_to_do_nothing() => Assert.Equal(FailureKind.Usage, Assert.Throws<GraftException>(() => Select(new HotfixRequest())).Kind);

    [Theory]
    [InlineData("acme/api")]
    [InlineData("=1")]
    [InlineData("acme/api=")]
    [InlineData("acme/api=a b")]
    [InlineData("acme/api=@sha256:12")]
    [InlineData("ACME=1")]
    public void Refuses_changes_that_are_malformed(string text) =>
        Assert.Equal(FailureKind.Input, Assert.Throws<GraftException>(() => VersionChange.Parse(text)).Kind);

    private static HotfixSelection Select(HotfixRequest request) => HotfixSelection.Of(request, HotfixWorld.Base, HotfixWorld.Sources);
}
