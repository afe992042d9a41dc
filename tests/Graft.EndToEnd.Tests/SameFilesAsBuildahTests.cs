using Graft.Adapters.Layout;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.EndToEnd.Tests;

/// <summary>The same Dockerfile, built by buildah and by the embedded builder, gives the same files.</summary>
public sealed class SameFilesAsBuildahTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("COPY a.txt /x")]
    [InlineData("COPY a.txt /x/\nCOPY b.txt /x")]
    [InlineData("COPY dir /x\nCOPY deep/ /x/")]
    [InlineData("COPY dir/* deep tofile todir /z/")]
    [InlineData("COPY todir /x\nCOPY deep/lnk /y\nCOPY tofile /f")]
    [InlineData("WORKDIR /w\nCOPY *.txt run.sh ./\nWORKDIR v\nCOPY a.txt .")]
    [InlineData("COPY --chmod=0600 a.txt run.sh /x/")]
    [InlineData("COPY . /all")]
    [InlineData("COPY . .")]
    [InlineData("ADD a.txt /x/y/z")]
    [InlineData("ARG D=deep\nENV T=/t\nCOPY ${D}/er $T/${D:-no}${N:+x}")]
    [InlineData("COPY a.txt /x/\nFROM scratch\nCOPY --from=0 /x /y\nCOPY --from=0 /x/a.txt /z/")]
    public async Task Gives_the_same_files(string instructions)
    {
        bench.Write("a.txt", "a").Write("b.txt", "b").Write("dir/c", "c").Write("deep/er/f", "f").Write("deep/er/drop.log", "l").Write("run.sh", "", executable: true);
        bench.Link("tofile", "a.txt").Link("todir", "/dir").Link("deep/lnk", "er").Write(".dockerignore", "**/*.log\nDockerfile\n");
        var image = await bench.BuildTextAsync($"FROM scratch\n{instructions}\n");
        var store = Path.Combine(bench.Folder, "images");
        await new LayoutStore(store).PushAsync(ImageReference.Parse("acme/a:1"), image, CancellationToken.None);
        var theirs = Path.Combine(bench.Folder, "theirs");
        var ours = Path.Combine(bench.Folder, "ours");

        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{store}:acme/a:1", ours);
        await Tool.RunAsync("buildah", "--storage-driver", "vfs", "--root", Path.Combine(bench.Folder, "storage"), "--runroot", Path.Combine(bench.Folder, "run"),
            "build", "--quiet", "--isolation", "chroot", "--file", Path.Combine(bench.Checkout, "Dockerfile"), "--output", $"type=local,dest={theirs}", bench.Checkout);

        Assert.Equal(await ListAsync(theirs), await ListAsync(Path.Combine(ours, "rootfs")));
    }

    private static async Task<IReadOnlyList<string>> ListAsync(string folder) =>
        [.. (await Tool.RunAsync("find", folder, "-mindepth", "1", "-printf", "%m %y %P %l\\n")).Split('\n').Order(StringComparer.Ordinal)];
}
