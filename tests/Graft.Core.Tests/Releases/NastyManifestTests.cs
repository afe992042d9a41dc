using System.Text;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

/// <summary>Every <c>Nasty/NAME.base.yaml</c>, edited as <c>NAME.edit</c> says, is <c>NAME.hotfix.yaml</c> byte for byte.</summary>
public sealed class NastyManifestTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Nasty");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.edit").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_out_as_written_down(string name)
    {
        var manifest = Base(name);
        var edited = Edits.ApplyToBytes(manifest, File.ReadAllLines(Path.Combine(Folder, name + ".edit")));
        var expected = File.ReadAllBytes(Path.Combine(Folder, name + ".hotfix.yaml"));
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(edited));
        Assert.Equal(expected, edited);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_header_that_the_manifest_has(string name)
    {
        var manifest = Base(name);
        Assert.Equal(new ManifestHeader(manifest.Name, manifest.Commit, manifest.ReleasedAt, manifest.Hotfix?.Of), ManifestHeader.Read(manifest.Bytes, name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Edited_twice_is_edited_once_but_for_the_base(string name)
    {
        var once = Encoding.UTF8.GetString(Edits.ApplyToBytes(Base(name)));
        var again = Encoding.UTF8.GetString(Edits.ApplyToBytes(Manifest.Parse(Encoding.UTF8.GetBytes(once), name)));
        var old = Base(name).Name.ToString();
        var place = once.IndexOf(old, once.IndexOf("hotfix", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(once.Remove(place, old.Length).Insert(place, Edits.Name.ToString()), again);
    }

    [Fact]
    public void Are_at_least_thirty() => Assert.InRange(Names.Count, 30, 1000);

    private static Manifest Base(string name) => Manifest.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".base.yaml")), name);
}
