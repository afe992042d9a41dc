using System.Text;
using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Files;

public sealed class FileBatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writes_and_replaces_and_leaves_nothing_else()
    {
        var path = folder.Write("a", "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(path, mode);

        using (var batch = new FileBatch(folder.Path))
        {
            Parallel.For(0, 50, number => batch.Write(number == 0 ? "a" : $"f{number}", Encoding.UTF8.GetBytes($"text {number}")));
        }

        Assert.Equal(("text 0", mode), (File.ReadAllText(path), File.GetUnixFileMode(path)));
        Assert.Equal(50, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void What_a_killed_one_leaves_the_next_one_removes()
    {
        folder.Write(".graft-0123.tmp.guard", "");
        folder.Write(".graft-0123.tmp.7", "half");

        AtomicFile.RemoveLeft(folder.Path);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_is_on_its_way_is_left_to_it()
    {
        using var batch = new FileBatch(folder.Path);
        batch.Write("a", "whole"u8);
        var guard = Assert.Single(Directory.GetFiles(folder.Path, "*.guard"));
        var file = folder.Write(Path.GetFileName(guard).Replace(".guard", ".1", StringComparison.Ordinal), "half");

        AtomicFile.RemoveLeft(folder.Path);

        Assert.True(File.Exists(file));
    }

    [Fact]
    public void Says_what_cannot_be_written()
    {
        using var batch = new FileBatch(folder.Path);
        Directory.CreateDirectory(folder.At("taken"));

        var failure = Assert.Throws<GraftException>(() => batch.Write("taken", "x"u8));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Contains($"cannot write '{folder.At("taken")}': ", failure.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Path));
        Assert.Throws<GraftException>(() => batch.Write("../out", "x"u8));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\0\0", true)]
    [InlineData("\0a", false)]
    [InlineData("\n", false)]
    public void Knows_what_a_power_cut_leaves(string text, bool isLost) => Assert.Equal(isLost, FileBatch.IsLost(Encoding.UTF8.GetBytes(text)));
}
