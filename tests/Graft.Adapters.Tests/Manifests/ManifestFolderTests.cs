using Graft.Adapters.Manifests;
using Graft.Core.Failures;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Adapters.Tests.Manifests;

public sealed class ManifestFolderTests : IDisposable
{
    private const string Commit = "5c1f0a7700000000000000000000000000000000";
    private readonly TemporaryFolder temporary = new();

    private ManifestFolder Folder => new(temporary.Path, path => Path.GetRelativePath(temporary.Path, path));

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Lists_newest_first_with_series_as_numbers()
    {
        Write("3.9.202501010000");
        Write("3.10.202401010000");
        Write("pre-X");

        Assert.Equal(["pre-X", "3.10.202401010000", "3.9.202501010000"], Folder.ReadAll().Releases.Select(release => release.Header.Name.ToString()));
    }

    [Fact]
    public void Reports_what_is_no_manifest_and_reads_the_rest()
    {
        Write("3.9.202501010000");
        File.WriteAllText(Path.Combine(temporary.Path, "broken.yaml"), "name: [");
        File.WriteAllText(Path.Combine(temporary.Path, "3.9.202501010000.lock.json"), "{}");

        var all = Folder.ReadAll();
        Assert.Single(all.Releases);
        Assert.Contains("broken.yaml:2:1", Assert.Single(all.Unreadable), StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_manifest_that_was_put_there_under_another_name()
    {
        File.WriteAllText(Path.Combine(temporary.Path, "manifest.yaml"), $"name: 3.9.202501010000\ncommit: {Commit}\n");

        Assert.Equal("3.9.202501010000", Get("3.9.202501010000").Name.ToString());
    }

    [Fact]
    public void Finds_a_release_by_its_tag()
    {
        Write("3.9.202501010000");

        Assert.Equal("3.9.202501010000", Get("v3.9.202501010000").Name.ToString());
    }

    [Fact]
    public void Refuses_a_file_that_is_named_for_another_release()
    {
        File.WriteAllText(Path.Combine(temporary.Path, "3.9.202501010000.yaml"), $"name: 3.9.202501020000\ncommit: {Commit}\n");

        Assert.Contains("3.9.202501020000", Assert.Throws<GraftException>(() => Get("3.9.202501010000")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_two_files_that_say_they_are_the_same_release()
    {
        File.WriteAllText(Path.Combine(temporary.Path, "a.yaml"), $"name: 3.9.202501010000\ncommit: {Commit}\n");
        File.WriteAllText(Path.Combine(temporary.Path, "b.yml"), $"name: 3.9.202501010000\ncommit: {Commit}\n");

        Assert.Contains("ambiguous", Assert.Throws<GraftException>(() => Get("3.9.202501010000")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggests_the_release_that_was_probably_meant()
    {
        Write("3.9.202501010000");

        var failure = Assert.Throws<GraftException>(() => Get("3.9.202501010001"));
        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Contains("3.9.202501010000", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_follow_a_link_out_of_the_folder()
    {
        using var elsewhere = new TemporaryFolder();
        var target = Path.Combine(elsewhere.Path, "x.yaml");
        File.WriteAllText(target, $"name: 3.9.202501010000\ncommit: {Commit}\n");
        File.CreateSymbolicLink(Path.Combine(temporary.Path, "3.9.202501010000.yaml"), target);

        Assert.Throws<GraftException>(() => Get("3.9.202501010000"));
        Assert.Empty(Folder.ReadAll().Releases);
    }

    private Manifest Get(string text) => Folder.Get(text, name => $"v{name}");

    private void Write(string name) => File.WriteAllText(Path.Combine(temporary.Path, name + ".yaml"), $"name: {name}\ncommit: {Commit}\nimages:\n  a: 1\n");
}
