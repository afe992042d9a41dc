using System.Text.Json;
using Graft.Adapters.Layout;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.EndToEnd.Tests;

/// <summary>What the embedded builder makes and the layout store keeps is read by the tools that others use.</summary>
public sealed class LayoutToolsTests : IDisposable
{
    private const string Reference = "acme/core-api:3.2.202511251200-77aa00bb";
    private readonly ImageWorkbench bench = new();

    private string Store => Path.Combine(bench.Folder, "images");

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Skopeo_reads_an_image_by_its_whole_reference()
    {
        await PushAsync();

        using var inspected = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", $"oci:{Store}:{Reference}"));

        Assert.Equal("amd64", inspected.RootElement.GetProperty("Architecture").GetString());
        Assert.Equal("acme", inspected.RootElement.GetProperty("Labels").GetProperty("vendor").GetString());
        Assert.Equal(3, inspected.RootElement.GetProperty("Layers").GetArrayLength());
    }

    [Fact]
    public async Task Skopeo_copies_to_another_layout_and_the_store_reads_that()
    {
        await PushAsync();
        var other = Path.Combine(bench.Folder, "other");

        await Tool.RunAsync("skopeo", "copy", "--preserve-digests", $"oci:{Store}:{Reference}", $"oci:{other}:{Reference}");

        var found = await new LayoutStore(other).FindAsync(ImageReference.Parse(Reference), CancellationToken.None);
        var original = await new LayoutStore(Store).FindAsync(ImageReference.Parse(Reference), CancellationToken.None);
        Assert.Equal(original!.Descriptor.Digest, found!.Descriptor.Digest);
    }

    [Fact]
    public async Task Skopeo_reads_an_index_of_platforms()
    {
        bench.Write("a", "a");
        var image = await bench.BuildTextAsync("FROM scratch\nCOPY a /a\nARG TARGETARCH\nLABEL arch=$TARGETARCH\n", source => source with { Platforms = [Platform.Default, Platform.Parse("linux/arm64")] });
        await new LayoutStore(Store).PushAsync(ImageReference.Parse("acme/multi:1"), image, CancellationToken.None);

        using var raw = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--raw", $"oci:{Store}:acme/multi:1"));
        using var arm = JsonDocument.Parse(await Tool.RunAsync("skopeo", "--override-arch", "arm64", "inspect", $"oci:{Store}:acme/multi:1"));

        Assert.Equal(2, raw.RootElement.GetProperty("manifests").GetArrayLength());
        Assert.Equal("arm64", arm.RootElement.GetProperty("Labels").GetProperty("arch").GetString());
    }

    [Fact]
    public async Task Umoci_unpacks_the_files()
    {
        await PushAsync();
        var bundle = Path.Combine(bench.Folder, "bundle");

        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{Store}:{Reference}", bundle);

        AssertFiles(Path.Combine(bundle, "rootfs"));
    }

    [Fact]
    public async Task Buildah_pulls_and_mounts_it()
    {
        await PushAsync();
        string[] storage = ["--storage-driver", "vfs", "--root", Path.Combine(bench.Folder, "storage"), "--runroot", Path.Combine(bench.Folder, "run")];

        var container = (await Tool.RunAsync("buildah", [.. storage, "from", $"oci:{Store}:{Reference}"])).Trim();
        var rootfs = (await Tool.RunAsync("buildah", [.. storage, "mount", container])).Trim();
        AssertFiles(rootfs);
        using var inspected = JsonDocument.Parse(await Tool.RunAsync("buildah", [.. storage, "inspect", container]));

        var config = inspected.RootElement.GetProperty("OCIv1").GetProperty("config");
        Assert.Equal("/app", config.GetProperty("WorkingDir").GetString());
        Assert.Equal("/app/run.sh", config.GetProperty("Entrypoint")[0].GetString());
        await Tool.RunAsync("buildah", [.. storage, "rm", container]);
        await Tool.RunAsync("buildah", [.. storage, "rmi", "--all"]);
    }

    private async Task PushAsync()
    {
        bench.Write("app/run.sh", "#!/bin/sh\n", executable: true).Write("app/größe/" + new string('n', 120), "long").Link("app/link", "run.sh").Write("app/secret", "");
        bench.Write(".dockerignore", "**/secret\n");
        var root = await bench.BuildTextAsync("FROM scratch\nCOPY app/run.sh /app/base\nLABEL vendor=acme\n");
        await new LayoutStore(Store).PushAsync(ImageReference.Parse("acme/base:1"), root, CancellationToken.None);
        bench.Images["acme/base:1"] = (await new LayoutStore(Store).FindAsync(ImageReference.Parse("acme/base:1"), CancellationToken.None))!;
        var image = await bench.BuildTextAsync("FROM acme/base:1\nCOPY app/ /app/\nCOPY --chown=1000:1000 --chmod=0640 <<motd /etc/motd\nwelcome\nmotd\nWORKDIR /app\nENTRYPOINT [\"/app/run.sh\"]\nEXPOSE 8080\nVOLUME /data\nUSER 1000\n");
        await new LayoutStore(Store).PushAsync(ImageReference.Parse(Reference), image, CancellationToken.None);
    }

    private static void AssertFiles(string rootfs)
    {
        Assert.Equal("#!/bin/sh\n", File.ReadAllText(Path.Combine(rootfs, "app/run.sh")));
        Assert.Equal("#!/bin/sh\n", File.ReadAllText(Path.Combine(rootfs, "app/base")));
        Assert.Equal("long", File.ReadAllText(Path.Combine(rootfs, "app/größe", new string('n', 120))));
        Assert.Equal("welcome\n", File.ReadAllText(Path.Combine(rootfs, "etc/motd")));
        Assert.Equal("run.sh", new FileInfo(Path.Combine(rootfs, "app/link")).LinkTarget);
        Assert.False(Path.Exists(Path.Combine(rootfs, "app/secret")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(Path.Combine(rootfs, "app/run.sh")));
            Assert.Equal((UnixFileMode)0b110_100_000, File.GetUnixFileMode(Path.Combine(rootfs, "etc/motd")));
        }
    }
}
