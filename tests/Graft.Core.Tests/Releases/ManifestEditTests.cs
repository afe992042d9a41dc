using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

/// <summary>What an edit refuses; what it writes is in <see cref="NastyManifestTests"/>.</summary>
public sealed class ManifestEditTests
{
    [Theory]
    [InlineData("images:\n  b: &x v1\nc: *x\n", "m.yaml:5:6: 'b:v1' cannot be changed here: its version has an anchor")]
    [InlineData("x: &x v1\nimages:\n  b: *x\n", "m.yaml:6:6: 'b:v1' cannot be changed here: its version is an alias")]
    [InlineData("images:\n  b: !!str v1\n", "m.yaml:5:6: 'b:v1' cannot be changed here: its version has a tag")]
    [InlineData("images:\n  &k b: v1\n", "m.yaml:5:9: 'b:v1' cannot be changed here: its image has an anchor")]
    [InlineData("images: &all\n  b: v1\n", "m.yaml:5:6: 'b:v1' cannot be changed here: its list has an anchor")]
    [InlineData("images: !!map\n  b: v1\n", "m.yaml:5:6: 'b:v1' cannot be changed here: its list has a tag")]
    [InlineData("core_images:\n  - &x b:v1\n", "m.yaml:5:5: 'b:v1' cannot be changed here: its reference has an anchor")]
    [InlineData("x: &x [b:v1]\ncore_images: *x\n", "m.yaml:5:8: 'b:v1' cannot be changed here: its list has an alias")]
    public void Refuses_to_change_what_an_alias_an_anchor_or_a_tag_is_on(string lists, string message)
    {
        var manifest = Edits.Parse(Edits.Header + lists);
        var failure = Assert.Throws<GraftException>(() => Edits.Apply(manifest, "set b v2"));
        Assert.Equal((FailureKind.Input, message), (failure.Kind, failure.Message));
        Assert.EndsWith(lists, Edits.Apply(manifest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: 3", "name: &n 3", "m.yaml:1:7: 'name' cannot be changed: its value has an anchor")]
    [InlineData("commit: 5", "commit: !!str 5", "m.yaml:2:9: 'commit' cannot be changed: its value has a tag")]
    [InlineData("released_at: 2", "released_at: !!timestamp 2", "m.yaml:3:14: 'released_at' cannot be changed: its value has a tag")]
    [InlineData("name: 3", "&n name: 3", "m.yaml:1:1: 'name' cannot be changed: it has an anchor")]
    [InlineData("released_at: 2025-11-23T04:46:00+00:00", "x: &t 2025-11-23\nreleased_at: *t", "m.yaml:4:14: 'released_at' cannot be changed: its value is an alias")]
    [InlineData("name: 3", "notes: &n x\nname: 3", "m.yaml:1:8: 'notes' cannot be removed: it holds the anchor '&n'")]
    [InlineData("name: 3", "hotfix: { of: &o 3.2.202501010000 }\nname: 3", "m.yaml:1:15: 'hotfix' cannot be replaced: it holds the anchor '&o'")]
    public void Refuses_to_change_such_a_header(string plain, string odd, string message)
    {
        var manifest = Edits.Parse(Edits.Header.Replace(plain, odd, StringComparison.Ordinal));
        Assert.Equal(message, Assert.Throws<GraftException>(() => Edits.Apply(manifest)).Message);
    }

    [Fact]
    public void Refuses_a_home_that_is_taken()
    {
        var manifest = Edits.Parse(Edits.Header + "images:\n  a: 1\n  b: 1\n");
        var failure = Assert.Throws<GraftException>(() => Edits.Apply(manifest, "move b a:2"));
        Assert.Equal("m.yaml:6:3: 'a' would be listed twice in one mapping", failure.Message);
    }

    [Fact]
    public void Refuses_an_entry_of_another_manifest_as_a_bug()
    {
        var manifest = Edits.Parse(Edits.Header + "images:\n  a: 1\n");
        var other = Edits.Parse(Edits.Header + "images:\n  a: 2\n");
        var edit = new EntryEdit(other.Entries[0], null, ImageVersion.Parse("3"));
        Assert.Throws<InvalidOperationException>(() => ManifestEditor.Apply(manifest, Edits.Of(manifest, [edit], [])));
        var own = edit with { Entry = manifest.Entries[0] };
        Assert.Throws<InvalidOperationException>(() => ManifestEditor.Apply(manifest, Edits.Of(manifest, [own], [own])));
    }
}
