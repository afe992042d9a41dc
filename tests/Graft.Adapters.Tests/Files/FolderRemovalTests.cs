using Graft.Adapters.Files;
using Graft.Testing;

namespace Graft.Adapters.Tests.Files;

public sealed class FolderRemovalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mkdir -p a/b; touch a/b/c")]
    [InlineData("mkdir -p a/b; touch a/b/c; chmod a-w a/b a")]
    [InlineData("mkdir -p \"$(printf 'a\\377/b')\"; touch \"$(printf 'a\\377/b/\\376')\"")]
    [InlineData("mkdir other; touch other/kept; ln -s other link")]
    public async Task Removes_what_other_programs_made(string shell)
    {
        Directory.CreateDirectory(folder.At("-it"));
        await TemporaryRepository.Runner.RunAsync(new() { Program = "sh", Arguments = ["-c", shell], WorkingDirectory = folder.At("-it") }, TestContext.Current.CancellationToken);

        FolderRemoval.Remove(folder.At("-it"));

        Assert.False(Directory.Exists(folder.At("-it")));
    }

    [Fact]
    public void Follows_no_link()
    {
        folder.Write("kept/file", "");
        Directory.CreateDirectory(folder.At("it"));
        Directory.CreateSymbolicLink(folder.At("it", "link"), folder.At("kept"));

        FolderRemoval.Remove(folder.At("it"));

        Assert.True(File.Exists(folder.At("kept", "file")));
    }

    [Fact]
    public void What_is_gone_is_success() => FolderRemoval.Remove(folder.At("none"));
}
