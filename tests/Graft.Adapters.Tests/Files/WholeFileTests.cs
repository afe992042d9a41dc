using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private const long Limit = 1024 * 1024;
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    public void Is_read_as_it_is(string text) => Assert.Equal(text, System.Text.Encoding.UTF8.GetString(WholeFile.Get(temporary.Write("file", text), "file", Limit)));

    [Fact]
    public void Is_read_through_a_link()
    {
        File.CreateSymbolicLink(temporary.At("link"), temporary.Write("file", "text"));

        Assert.Equal("text"u8.ToArray(), WholeFile.Get(temporary.At("link"), "link", Limit));
    }

    [Fact]
    public void May_be_as_large_as_the_limit_and_no_larger()
    {
        var path = temporary.Write("file", "");
        File.WriteAllBytes(path, new byte[Limit]);
        Assert.Equal(Limit, WholeFile.Get(path, "file", Limit).Length);

        File.WriteAllBytes(path, new byte[Limit + 1]);
        Refuses("'file' is larger than 1 MiB", () => WholeFile.Find(path, "file", Limit));
    }

    [Fact]
    public void Is_null_where_nothing_is()
    {
        temporary.Write("file", "");

        Assert.Null(WholeFile.Find(temporary.At("other"), "other", Limit));
        Assert.Null(WholeFile.Find(temporary.At("other", "below"), "other", Limit));
        Assert.Null(WholeFile.Find(temporary.At("file", "below"), "file", Limit));
        Refuses("'other' is not there", () => WholeFile.Get(temporary.At("other"), "other", Limit));
    }

    [Fact]
    public void Is_neither_a_folder_nor_a_pipe_nor_a_link_to_nothing()
    {
        using var pipe = new HoldingPipe(temporary.At("pipe"));
        File.CreateSymbolicLink(temporary.At("link"), "nowhere");
        File.CreateSymbolicLink(temporary.At("circle"), "circle");

        foreach (var look in new Action<string>[] { name => WholeFile.Find(temporary.At(name), name, Limit), name => WholeFile.RefuseOthers(temporary.At(name), name) })
        {
            Refuses("'.' is a folder, not a file", () => look("."));
            Refuses("'pipe' is a pipe or a device, not a file", () => look("pipe"));
            Refuses("'link' is a link that leads nowhere", () => look("link"));
            Refuses("'circle' cannot be read: too many levels of symbolic links", () => look("circle"));
        }
    }

    [Fact]
    public void Never_ends_in_a_device() => Refuses("'/dev/zero' is larger than 1 MiB", () => WholeFile.Find("/dev/zero", "/dev/zero", Limit));

    [Fact]
    public void To_be_written_need_not_be_there_nor_be_readable()
    {
        WholeFile.RefuseOthers(temporary.At("new"), "new");
        var closed = temporary.Write("closed", "");
        File.SetUnixFileMode(closed, UnixFileMode.UserWrite);

        WholeFile.RefuseOthers(closed, "closed");
    }

    private static void Refuses(string message, Action look)
    {
        var failure = Assert.Throws<GraftException>(look);
        Assert.Equal((FailureKind.Input, message), (failure.Kind, failure.Message));
    }
}
