using Graft.Core.Images;

namespace Graft.Core.Tests.Images;

/// <summary>Mangled manifests, indexes and configurations of images.</summary>
public sealed class ImageDocumentFuzzTests
{
    private static readonly Descriptor Descriptor = new(MediaTypes.OciManifest, Digest.Of("x"u8), 1, Platform.Parse("linux/arm64/v8"));

    private static readonly byte[][] Corpus =
    [
        new ImageManifest(MediaTypes.OciManifest, Descriptor, [Descriptor, Descriptor]).ToJson(),
        new ImageIndex(MediaTypes.OciIndex, [Descriptor, Descriptor]).ToJson(),
        ConfigWith("one").ToJson(),
        """{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/x"],"Labels":{"a":"b"},"OnBuild":null},"rootfs":{"type":"layers","diff_ids":["sha256:a"]},"history":[{"empty_layer":true},{}]}"""u8.ToArray(),
    ];

    [Fact]
    public void Is_read_or_refused() => JsonFuzz.Run(
        "image documents",
        Corpus,
        json => ImageManifest.Parse(json, "f.json").ToJson(),
        json => ImageIndex.Parse(json, "f.json").ToJson(),
        json =>
        {
            var config = ImageConfig.Parse(json, "f.json");
            Change(config.Copy());
            return config.ToJson();
        });

    private static ImageConfig ConfigWith(string variable)
    {
        var config = ImageConfig.Empty(Platform.Default);
        config.SetEnv(variable, "1");
        return config;
    }

    private static void Change(ImageConfig config)
    {
        config.SetEnv("PATH", "/bin");
        config.SetLabel("a", "b");
        config.AddToSet("Volumes", "/data");
        _ = config.FindPlatform();
    }
}
