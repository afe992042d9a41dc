using System.Text;
using CsCheck;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class ManifestEditPropertyTests
{
    [Fact]
    public void Changes_the_chosen_values_and_nothing_else() => ManifestModel.Generator.Sample(model =>
    {
        var manifest = model.Base;
        var edited = ManifestEditor.Apply(manifest, model.Edit(manifest));
        Assert.Equal(Encoding.UTF8.GetString(model.Text(edited: true)), Encoding.UTF8.GetString(edited));

        var after = Manifest.Parse(edited, "m.yaml");
        Assert.Equal(
            manifest.Entries.Select((entry, index) => (entry.List, entry.Index, entry.Image, model.Entries[index].IsChosen ? model.Entries[index].New : entry.Version)),
            after.Entries.Select(entry => (entry.List, entry.Index, entry.Image, entry.Version)));
        Assert.Equal((Edits.Name, Edits.Commit, manifest.ReleasedAt is null ? null : Edits.Name.Stamp), (after.Name, after.Commit, after.ReleasedAt));
        Assert.Null(after.Notes);
    });

    [Fact]
    public void Undone_gives_the_bytes_of_the_base_and_a_record_of_it() => ManifestModel.Generator.Sample(model =>
    {
        var plain = model with { HasNotes = false };
        var manifest = plain.Base;
        var edited = Manifest.Parse(ManifestEditor.Apply(manifest, plain.Edit(manifest)), "m.yaml");
        var undone = Encoding.UTF8.GetString(ManifestEditor.Apply(edited, plain.Undo(edited, manifest)));
        var start = undone.IndexOf("hotfix:", StringComparison.Ordinal);
        var last = "changed: []" + plain.LineEnd;
        var end = undone.IndexOf(last, start, StringComparison.Ordinal) + last.Length;
        Assert.Equal(Encoding.UTF8.GetString(plain.Text(edited: false, undone: true)), undone.Remove(start, end - start));
    });

    [Fact]
    public void Header_is_what_the_whole_manifest_says() => ManifestModel.Generator.Sample(model =>
    {
        foreach (var edited in new[] { false, true })
        {
            var manifest = Manifest.Parse(model.Text(edited), "m.yaml");
            Assert.Equal(new ManifestHeader(manifest.Name, manifest.Commit, manifest.ReleasedAt, manifest.Hotfix?.Of), ManifestHeader.Read(manifest.Bytes, "m.yaml"));
        }
    });
}
