using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Graft.Core.Images;
using Graft.Core.Releases;
using Graft.Core.Tests.Yaml;

namespace Graft.Core.Tests.Releases;

/// <summary>A value that an edit writes is a string to whoever reads the manifest next.</summary>
public sealed class NewValueTests
{
    private static readonly string[] Odd =
    [
        "3.10", "1e5", "1E5", "0x1F", "0X1F", "0b11", "0o17", "017", "08", "1_000", "1_0.5", "1.", "1._", "12e03", "yes", "Yes", "no", "on", "OFF", "y", "N", "true", "null", "Null",
        "2024-01-01", "2024-1-1", "20240101", "190", "1.5e3", "1.5e-3", "nan", "inf", "_1", "_", "1__", "0_", "0x_", "0b_", "0o", "0x", "0b", "1e", "1e_5", "3.2.1", "v1", "1-2", "latest", "1.2.3_4",
        "0_x1", "1e_5", "1e_-5", "0777", "0888", "9_9", "1.2_", "00", "0", "0.0", "0e0", "0e1",
    ];

    private static readonly Gen<string> Tags = Generators.AnyOf([.. "0011239_.-eExXoObBafyNnT"]).Array[1, 6]
        .Select(characters => new string(characters)).Where(text => ImageVersion.TryParse(text, out _));

    [Fact]
    public void Is_a_string_by_both_versions_of_yaml_and_to_go() => Tags.Sample(tag =>
    {
        var text = Edited(tag);
        var line = text.Split('\n').Single(one => one.StartsWith("  a/b: ", StringComparison.Ordinal))["  a/b: ".Length..];
        Assert.Equal(tag, line.Trim('"'));
        Assert.True(line[0] == '"' || Judge.IsString(line), line);
    }, iter: 5_000);

    [Fact]
    public void Stays_plain_where_it_may()
    {
        foreach (var tag in new[] { "3.2.202511251200-77aa00bb", "15.3.0-debian-11-r17", "v4.1.0", "latest", "1.2.3", "8.0-alpine", "_1", "0x1G", "1-2", "yEs", "e5" })
        {
            Assert.Contains($"  a/b: {tag}\n", Edited(tag), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1234567890123456789012345678901234567890", "\"1234567890123456789012345678901234567890\"")]
    [InlineData("1e34567890123456789012345678901234567890", "\"1e34567890123456789012345678901234567890\"")]
    [InlineData("77aa00bb4c1d2e3f5061728394a5b6c7d8e9f001", "77aa00bb4c1d2e3f5061728394a5b6c7d8e9f001")]
    public void Is_a_string_also_when_it_is_a_commit_of_digits(string commit, string written)
    {
        var manifest = Edits.Parse(Edits.Header);
        var edited = ManifestEditor.Apply(manifest, Edits.Of(manifest, [], []) with { Commit = CommitId.Parse(commit) });
        Assert.Contains($"\ncommit: {written}\n", Encoding.UTF8.GetString(edited), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_a_string_to_pyyaml() => IsRead(OtherReaders.PyYaml);

    [Fact]
    public void Is_a_string_to_go() => IsRead(OtherReaders.Go);

    private static void IsRead(Func<string, JsonNode> reader)
    {
        string[] tags = [.. Odd, .. Tags.Array[200].Single()];
        var manifest = Edits.Parse(Edits.Header + "core_images:\n" + string.Concat(tags.Select((_, index) => $"  - a/b{index}:v1\n"))
            + "images:\n" + string.Concat(tags.Select((_, index) => $"  a/b{index}: v1\n")) + "times_images:\n  - 20:30\n  - 12:30\n");
        var edits = tags.Select((tag, index) => $"set a/b{index} {tag}").Concat(["set 20 59", "set 12 59.5"]).ToArray();
        var edited = reader(Edits.Apply(manifest, edits));

        Assert.Equal(tags.Select((tag, index) => $"a/b{index}:{tag}"), edited["core_images"]!.AsArray().Select(node => node!.GetValue<string>()));
        Assert.Equal(tags, tags.Select((_, index) => edited["images"]![$"a/b{index}"]!.GetValue<string>()));
        Assert.Equal(["20:59", "12:59.5"], edited["times_images"]!.AsArray().Select(node => node!.GetValue<string>()));
        Assert.Equal(tags.Concat(["59", "59.5"]), edited["hotfix"]!["changed"]!.AsArray().Select(node => node!["to"]!.GetValue<string>()));
        Assert.Equal("20", edited["hotfix"]!["changed"]!.AsArray()[^2]!["image"]!.GetValue<string>());
        Assert.Equal("3.2.202511230446", edited["hotfix"]!["of"]!.GetValue<string>());
    }

    private static string Edited(string tag) => Edits.Apply(Edits.Parse(Edits.Header + "images:\n  a/b: v1\n"), $"set a/b {tag}");
}
