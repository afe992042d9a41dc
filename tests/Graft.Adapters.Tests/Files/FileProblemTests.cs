using System.Text;
using Graft.Adapters.Files;
using Graft.Testing;

namespace Graft.Adapters.Tests.Files;

public sealed class FileProblemTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Says_why_in_words_of_its_own()
    {
        folder.Write("file", "");

        Assert.Equal($"cannot use '{folder.Path}': it is a folder", Describe(() => File.ReadAllBytes(folder.Path)));
        Assert.Equal($"cannot use '{folder.At("none")}': there is no such file", Describe(() => File.ReadAllBytes(folder.At("none"))));
        Assert.Equal($"cannot use '{folder.At("none", "x")}': its folder does not exist", Describe(() => File.WriteAllBytes(folder.At("none", "x"), [])));
        Assert.Equal($"cannot use '{folder.At("file")}': a file is in its place", Describe(() => Directory.CreateDirectory(folder.At("file"))));
        Assert.Equal($"cannot use '{folder.At("file", "x")}': a file is where a folder above it should be", Describe(() => Directory.CreateDirectory(folder.At("file", "x"))));
        Assert.Equal($"cannot use '{folder.At(new string('x', 300))}': its name is too long", Describe(() => File.WriteAllBytes(folder.At(new string('x', 300)), [])));
        using var held = new FileStream(folder.At("file"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal($"cannot use '{folder.At("file")}': another process has it open", Describe(() => File.WriteAllBytes(folder.At("file"), [])));
    }

    [Theory]
    [InlineData(28, "the disk is full")]
    [InlineData(30, "the disk is read-only")]
    [InlineData(122, "the quota of the disk is used up")]
    [InlineData(5, "input/output error")]
    public void Says_what_ails_the_disk(int error, string words) =>
        Assert.Equal($"cannot use '/a': {words}", FileProblem.Describe(new IOException("Input/output error : '/a'", error), path => path));

    [Fact]
    public void Says_what_is_not_allowed() =>
        Assert.Equal("cannot use 'a': permission denied", FileProblem.Describe(new UnauthorizedAccessException("Access to the path '/a' is denied."), path => path[1..]));

    [Fact]
    public void Says_that_text_is_not_text() =>
        Assert.Equal("it is not UTF-8", FileProblem.Reason(Record.Exception(() => new UTF8Encoding(false, true).GetString([0xff]))!, null));

    private static string Describe(Action action) => FileProblem.Describe(Record.Exception(action)!, path => path);
}
