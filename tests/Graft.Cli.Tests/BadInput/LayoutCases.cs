using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>The image layout: a build stands on an image in it.</summary>
public sealed class LayoutCases : IBadCases
{
    private const string Images = ".graft/images";
    private const string Index = $"{Images}/index.json";
    private const string Marker = $"{Images}/oci-layout";
    private const string Malformed = $"error: '{Index}' is malformed: ";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        Case("an index of nothing", 4, product => product.Write(Index, ""), Malformed),
        Case("an index cut in the middle", 4, product => product.Cut(Index, 100), Malformed),
        Case("an index that is a list", 4, product => product.Write(Index, "[]"), Malformed),
        Case("an index without manifests", 4, product => product.Write(Index, "{\"schemaVersion\":2}"), Malformed),
        Case("an index of a thousand levels", 4, product => product.Write(Index, Repeat("{\"manifests\":[", 1000)), Malformed),
        Case("an index in UTF-16", 4, product => product.Encode(Index, Encoding.Unicode), Malformed),
        Case("an index with NUL", 4, product => product.Write(Index, "{\"manifests\":[\0]}"), Malformed),
        Case("half a character in what is not read", 4, product => product.Replace(Index, "{\"schemaVersion\"", "{\"x\\ud800\":1,\"schemaVersion\""), Malformed),
        Case("an index of a hundred megabytes", 4, product => product.Enlarge(Index), $"error: '{Index}' is larger than 64 MiB"),
        Case("no index", 4, product => File.Delete(product.At(Index)), $"error: '{Images}' is not an OCI image layout"),
        Case("an index that is a pipe", 4, product => product.Pipe(Index), $"error: '{Index}' is a pipe or a device, not a file"),
        Case("an index that is a folder", 4, product => product.Folder(Index), $"error: '{Index}' is a folder, not a file"),
        Case("an index that is a link", 4, product => product.LinkAway(Index), $"error: '{Index}' is a symbolic link, which an image layout may not hold"),
        Case("an index that nobody may read", 4, product => product.Close(Index), $"error: '{Index}' cannot be read: permission denied"),
        Case("a digest that leads out", 4, product => EditIndex(product, entry => entry["digest"] = "sha256:../../../../../etc/passwd"), Malformed, "'sha256:../../../../../etc/passwd' is not a digest"),
        Case("a digest that is a number", 4, product => EditIndex(product, entry => entry["digest"] = 5), Malformed),
        Case("a digest with a terminal's escapes", 4, product => EditIndex(product, entry => entry["digest"] = "\u001b[2J\nx"), Malformed, "'\uFFFD[2J\\nx' is not a digest"),
        Case("a size below nothing", 4, product => EditIndex(product, entry => entry["size"] = -1), Malformed),
        Case("a size without end", 4, product => EditIndex(product, entry => entry["size"] = 1e300), Malformed),
        Case("a size that is another", 5, product => EditIndex(product, entry => entry["size"] = 3), "error: 'sha256:", $"in the image layout '{Images}' has ", " bytes, not 3"),
        Case("a size that no manifest has", 4, product => EditIndex(product, entry => entry["size"] = 1L << 40), "error: 'sha256:", "says that it has 1099511627776 bytes"),
        Case("a name that is a number", 4, product => EditIndex(product, entry => entry["annotations"]!["org.opencontainers.image.ref.name"] = 5), Malformed),
        Case("a kind of content that nobody knows", 4, product => EditIndex(product, entry => entry["mediaType"] = "text/html"), "error: 'sha256:", "is not an image: its media type is 'text/html'"),
        Case("one name for two images", 4, Duplicate, "error: 'acme/base:", "stands for 2 images in the image layout"),
        Case("a marker of nothing", 4, product => product.Write(Marker, ""), $"error: '{Marker}' is malformed: "),
        Case("a marker of a version to come", 4, product => product.Write(Marker, "{\"imageLayoutVersion\":\"2.0.0\"}"), $"error: '{Marker}' is malformed: only version 1.0.0 is known"),
        Case("a marker that is a pipe", 4, product => product.Pipe(Marker), $"error: '{Marker}' is a pipe or a device, not a file"),
        Case("a marker that is a link", 4, product => product.LinkAway(Marker), $"error: '{Marker}' is a symbolic link"),
        Case("blobs that are a link", 4, product => product.LinkAway($"{Images}/blobs"), $"error: '{Images}/blobs' is a symbolic link"),
        Case("a blob that is a link", 4, product => product.LinkAway(ManifestBlob(product)), "is a symbolic link"),
        Case("a blob that is a pipe", 5, product => product.Pipe(ManifestBlob(product)), $"in the image layout '{Images}' has 0 bytes, not "),
        Case("a blob that is a folder", 5, product => product.Folder(ManifestBlob(product)), $"is not in the image layout '{Images}'"),
        Case("a blob that nobody may read", 5, product => product.Close(ManifestBlob(product)), "cannot be read: permission denied"),
        Case("a blob that is gone", 5, product => File.Delete(product.At(ManifestBlob(product))), $"is not in the image layout '{Images}'"),
        Case("a blob cut in the middle", 5, product => product.Cut(ManifestBlob(product), 20), " has 20 bytes, not "),
        Case("a blob that was changed", 5, product => product.Replace(ManifestBlob(product), "schemaVersion", "schemaversion"), "error: ", "sha256:"),
        Case("a manifest that is none", 4, product => ReplaceManifest(product, "[]"), "error: 'sha256:", "is malformed: "),
        Case("a manifest of a thousand levels", 4, product => ReplaceManifest(product, Repeat("[", 1000)), "error: 'sha256:", "is malformed: "),
        Case("a manifest whose configuration leads out", 4, product => ReplaceManifest(product, "{\"config\":{\"digest\":\"sha256:../x\",\"size\":1},\"layers\":[]}"), "error: 'sha256:", "'sha256:../x' is not a digest"),
        Case("a configuration that is no manifest's", 4, product => ReplaceManifest(product, "{\"config\":5,\"layers\":{}}"), "error: 'sha256:", "is malformed: "),
        new("a folder for the layout that is closed", Build, 4, $"error: '{Marker}' cannot be read: permission denied") { Break = product => product.Close(Images) },
        new("a layout that is a file", Build, 4, "which the build stands on, is not in 'layout:.graft/images'") { Break = product => { Directory.Delete(product.At(Images), recursive: true); product.Write(Images, ""); } },
    ];

    private static IReadOnlyList<string> Build => Typed($"hotfix generate --offline --release {Release} --build acme/api --dry-run");

    private static BadCase Case(string name, int code, Action<SampleProduct> spoil, params IReadOnlyList<string> says) => new(name, Build, code, says) { Break = spoil };

    private static JsonObject Read(SampleProduct product) => JsonNode.Parse(product.Read(Index))!.AsObject();

    private static void EditIndex(SampleProduct product, Action<JsonNode> edit)
    {
        var index = Read(product);
        edit(index["manifests"]![0]!);
        product.Write(Index, index.ToJsonString());
    }

    private static string ManifestBlob(SampleProduct product) => $"{Images}/blobs/sha256/{Read(product)["manifests"]![0]!["digest"]!.GetValue<string>()["sha256:".Length..]}";

    private static void Duplicate(SampleProduct product)
    {
        var index = Read(product);
        var twin = index["manifests"]![0]!.DeepClone();
        twin["digest"] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        index["manifests"]!.AsArray().Add(twin);
        product.Write(Index, index.ToJsonString());
    }

    private static void ReplaceManifest(SampleProduct product, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var hex = Convert.ToHexStringLower(SHA256.HashData(bytes));
        product.WriteBytes($"{Images}/blobs/sha256/{hex}", bytes);
        EditIndex(product, entry => (entry["digest"], entry["size"]) = ($"sha256:{hex}", bytes.Length));
    }
}
