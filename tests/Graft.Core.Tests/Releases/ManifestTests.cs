using System.Text;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class ManifestTests
{
    private const string Sha = "@sha256:abababababababababababababababababababababababababababababababab";

    [Fact]
    public void Lists_entries_in_the_order_of_the_file()
    {
        var manifest = Edits.Parse(Edits.Header + $"core_images:\n  - redis:7.0\n  - x{Sha}\nchannels: [a:1]\nimages:\n  acme/a: 3.10\n  acme/b: '1e5'\nnotes: |\n  hello\n");
        Assert.Equal(
            [("core_images", 0, "redis", "7.0", 5), ("core_images", 1, "x", Sha, 6), ("images", 0, "acme/a", "3.10", 9), ("images", 1, "acme/b", "1e5", 10)],
            manifest.Entries.Select(entry => (entry.List, entry.Index, entry.Image.Text, entry.Version, entry.Line)));
        Assert.Equal("hello\n", manifest.Notes);
        Assert.Null(manifest.Hotfix);
        Assert.Equal("x" + Sha, manifest.Entries[1].Reference.ToString());
    }

    [Fact]
    public void Reads_the_hotfix_mapping()
    {
        var manifest = Edits.Parse(Edits.Header + "hotfix: { of: 3.2.202501010000, built: [{ image: a, from: '1', to: 2 }], changed: , by: me }\n");
        Assert.Equal(ReleaseName.Parse("3.2.202501010000"), manifest.Hotfix!.Of);
        Assert.Equal([new EntryChange("a", "1", "2")], manifest.Hotfix.Built);
        Assert.Empty(manifest.Hotfix.Changed);
    }

    [Fact]
    public void Reads_what_aliases_stand_for()
    {
        var manifest = Edits.Parse(Edits.Header + "v: &v 1.5\nimages: &all\n  a: *v\n  b: &x 2.0\nci_images: *all\ncore_images: [&r c:1, *r]\n");
        Assert.Equal(
            ["a:1.5", "b:2.0", "a:1.5", "b:2.0", "c:1", "c:1"],
            manifest.Entries.Select(entry => entry.Reference.ToString()));
        Assert.Equal(8, manifest.Entries[3].Line);
    }

    [Theory]
    [InlineData("2025-11-23T04:46:00+00:00", "2025-11-23T04:46:00+00:00")]
    [InlineData("2025-11-23T04:46:00Z", "2025-11-23T04:46:00+00:00")]
    [InlineData("2025-11-23 04:46:00+01:00", "2025-11-23T03:46:00+00:00")]
    [InlineData("2025-11-23 4:46:00.123456789 -5", "2025-11-23T09:46:00.1234567+00:00")]
    [InlineData("2025-11-23T04:46", "2025-11-23T04:46:00+00:00")]
    [InlineData("2025-11-23", "2025-11-23T00:00:00+00:00")]
    public void Reads_times_as_tools_write_them(string written, string time) => Assert.Equal(
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
        Edits.Parse(Edits.Header.Replace("2025-11-23T04:46:00+00:00", written, StringComparison.Ordinal)).ReleasedAt);

    [Theory]
    [InlineData("", "m.yaml:1:1: the manifest is empty")]
    [InlineData("# only a comment\n", "m.yaml:1:1: the manifest is empty")]
    [InlineData("- a\n", "m.yaml:1:1: the manifest is not a mapping")]
    [InlineData("--- #", "m.yaml:2:2: the manifest is not a mapping")]
    [InlineData("text", "m.yaml:1:1: the manifest is not a mapping")]
    [InlineData("commit: 5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4\n", "m.yaml:1:1: the manifest has no 'name'")]
    [InlineData("name: 3.2.202511230446\n", "m.yaml:1:1: the manifest has no 'commit'")]
    [InlineData("name: 3.2\ncommit: x\n", "m.yaml:1:7: '3.2' is not a release name")]
    [InlineData("name: [a]\ncommit: x\n", "m.yaml:1:7: 'name' is not text")]
    [InlineData("name: ../../x\ncommit: x\n", "m.yaml:1:7: '../../x' is not a release name")]
    [InlineData("name: 3.2.202511230446\ncommit: 5c1f0a77\n", "m.yaml:2:9: '5c1f0a77' is not a commit")]
    [InlineData("HEAD" + "released_at: soon\n", "m.yaml:4:1: 'released_at' is there twice")]
    [InlineData("HEADname: x\n", "m.yaml:4:1: 'name' is there twice")]
    [InlineData("HEADimages: {}\n'images': {}\n", "m.yaml:5:1: 'images' is there twice")]
    [InlineData("HEADimages:\n  a/b: 1\n  \"a/b\": 2\n", "m.yaml:6:3: 'a/b' is there twice")]
    [InlineData("HEADhotfix: { of: 3.2.202501010000, of: x }\n", "m.yaml:4:33: 'of' is there twice")]
    [InlineData("HEADhotfix: { built: [] }\n", "m.yaml:4:9: 'hotfix' has no 'of' that can be read")]
    [InlineData("HEADhotfix: yes\n", "m.yaml:4:9: 'hotfix' is not a mapping")]
    [InlineData("HEADhotfix: { of: x }\n", "m.yaml:4:15: 'x' is not a release name")]
    [InlineData("HEADhotfix: { of: 3.2.202501010000, built: x }\n", "m.yaml:4:40: 'built' is not a list")]
    [InlineData("HEADimages:\n  acme/B: 1\n", "m.yaml:5:3: 'acme/B' is not an image name")]
    [InlineData("HEADimages:\n  a/b: [1]\n", "m.yaml:5:8: 'a/b' has no version that can be read")]
    [InlineData("HEADimages:\n  a/b: {tag: 1}\n", "m.yaml:5:8: 'a/b' has no version that can be read")]
    [InlineData("HEADimages:\n  a/b:\n", "m.yaml:5:7: 'a/b' has no version that can be read")]
    [InlineData("HEADimages:\n  a/b: null\n", "m.yaml:5:8: 'a/b' has no version that can be read")]
    [InlineData("HEADimages:\n  a/b: x y\n", "m.yaml:5:8: 'a/b' has no version that can be read")]
    [InlineData("HEADimages:\n  a/b: c/d:1\n", "m.yaml:5:8: 'a/b' has no version that can be read")]
    [InlineData("HEADbase: &b { a: 1 }\nimages:\n  <<: *b\n", "m.yaml:6:3: '<<' is not an image name")]
    [InlineData("HEADcore_images:\n  - a/b\n", "m.yaml:5:5: 'a/b' is not an image reference with a version")]
    [InlineData("HEADcore_images:\n  - localhost:5000/a\n", "m.yaml:5:5: 'localhost:5000/a' is not an image reference with a version")]
    [InlineData("HEADcore_images:\n  - [a:1]\n", "m.yaml:5:5: 'core_images' holds something that is not an image reference")]
    [InlineData("HEADcore_images: a:1\n", "m.yaml:4:14: 'core_images' is neither a mapping nor a list")]
    [InlineData("HEADimages:\n  a: *nowhere\n", "m.yaml:5:6: '*nowhere' has no anchor")]
    [InlineData("HEADk: &k name\n*k : x\n", "m.yaml:5:1: '*k' stands for a key")]
    [InlineData("HEAD---\nname: x\n", "m.yaml:4:1: the file holds several documents")]
    [InlineData("HEADa: [1\nb: 2\n", "m.yaml:")]
    [InlineData("HEADa: \"1\n", "m.yaml:")]
    [InlineData("HEAD\tb: 1\n", "m.yaml:3:14: the file is not YAML: ")]
    [InlineData("HEADx: a\0b\n", "m.yaml:4:5: the file holds a NUL character")]
    public void Refuses_by_line(string text, string message)
    {
        var whole = text.Replace("HEAD", Edits.Header, StringComparison.Ordinal);
        var failure = Assert.Throws<GraftException>(() => Edits.Parse(whole));
        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_time_that_is_none() => Assert.Equal(
        "m.yaml:3:14: 'soon' is not a time",
        Assert.Throws<GraftException>(() => Edits.Parse(Edits.Header.Replace("2025-11-23T04:46:00+00:00", "soon", StringComparison.Ordinal))).Message);

    [Fact]
    public void Refuses_bytes_that_are_not_utf8()
    {
        byte[] latin = [.. Encoding.UTF8.GetBytes(Edits.Header), .. "x: é"u8[..4]];
        Assert.StartsWith("m.yaml:4:4: the file is not UTF-8", Assert.Throws<GraftException>(() => Manifest.Parse(latin, "m.yaml")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_utf16()
    {
        byte[] wide = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Edits.Header)];
        Assert.StartsWith("m.yaml:1:1: the file is UTF-16", Assert.Throws<GraftException>(() => Manifest.Parse(wide, "m.yaml")).Message, StringComparison.Ordinal);
        Assert.StartsWith("m.yaml:1:2: the file holds a NUL", Assert.Throws<GraftException>(() => Manifest.Parse(wide.AsMemory(2), "m.yaml")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public void Takes_sixty_four_levels(int lists, bool isTaken)
    {
        var text = Edits.Header + "x: " + new string('[', lists) + new string(']', lists) + "\n";
        if (isTaken)
        {
            Edits.Parse(text);
        }
        else
        {
            Assert.Contains("deeper than 64", Assert.Throws<GraftException>(() => Edits.Parse(text)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_more_than_ten_megabytes() => Assert.Equal(
        "m.yaml:1:1: the file is larger than 10 MB",
        Assert.Throws<GraftException>(() => Manifest.Parse(new byte[(10 * 1024 * 1024) + 1], "m.yaml")).Message);

    [Fact]
    public void Is_not_blown_up_by_aliases()
    {
        var text = Edits.Header + "images: &a\n" + string.Concat(Enumerable.Range(0, 2000).Select(index => $"  i{index}: 1\n"))
            + string.Concat(Enumerable.Range(0, 2000).Select(index => $"x{index}_images: *a\n"));
        Assert.Contains("more than 100000 images", Assert.Throws<GraftException>(() => Edits.Parse(text)).Message, StringComparison.Ordinal);
        var nested = Edits.Header + "a: &a [x, x]\n" + string.Concat(Enumerable.Range(1, 60).Select(index => $"a{index}: &a{index} [*a{(index == 1 ? "" : index - 1)}, *a{(index == 1 ? "" : index - 1)}]\n"));
        Assert.Empty(Edits.Parse(nested).Entries);
    }

    [Fact]
    public void Compares_images_by_normalised_name() =>
        Assert.Equal(ImageName.Parse("redis"), Edits.Parse(Edits.Header + "images: {docker.io/library/redis: 1}\n").Entries[0].Image);
}
