using System.Text;
using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>The lock beside the base's manifest, which a hotfix carries over.</summary>
public sealed class LockCases : IBadCases
{
    private const string Lock = $"releases/{Release}.lock.json";
    private const string Digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        Text("nothing", "", $"error: {Lock}:1:1: the lock is not JSON that can be read"),
        Text("cut in the middle", "{\"schema\": 1, \"refer", $"error: {Lock}:1:21: the lock is not JSON that can be read"),
        Text("a list", "[]", $"error: the lock '{Lock}' cannot be read: it has no schema"),
        Text("a schema to come", "{\"schema\": 2}", "cannot be read: its schema is 2", "get a newer graft"),
        Text("a schema that is text", "{\"schema\": \"1\"}", $"error: the lock '{Lock}' cannot be read: "),
        Text("a schema without end", $"{{\"schema\": {Repeat("9", 400)}}}", $"error: the lock '{Lock}' cannot be read: "),
        Text("no references", "{\"schema\": 1, \"references\": []}", "'references' is not an object"),
        Text("a key that is there twice", "{\"schema\": 1, \"schema\": 1, \"references\": {}}", $"error: {Lock}:1:"),
        Text("a reference that leads out", Reference("../../x:1", Digest), "'../../x:1' is not a reference with its digests"),
        Text("a digest that leads out", Reference("a/b:1", "sha256:../../../../x"), "'sha256:../../../../x' is not a digest"),
        Text("a platform that leads out", Reference("a/b:1", Digest).Replace("{}", $"{{\"../..\":\"{Digest}\"}}", StringComparison.Ordinal), "'../..' is not a platform"),
        Text("a terminal's escapes", Reference("\\u001b[31m\\u0007", Digest), "'\uFFFD[31m\uFFFD' is not a reference with its digests"),
        Text("half a character", Reference("a/b:\\ud800", Digest), $"error: the lock '{Lock}' cannot be read: "),
        Text("a thousand levels", $"{{\"schema\": 1, \"references\": {Repeat("[", 1000)}", $"error: {Lock}:1:"),
        File("UTF-16", product => { product.Write(Lock, Reference("a/b:1", Digest)); product.Encode(Lock, Encoding.Unicode); }, $"error: {Lock}:1:1: the lock is not JSON that can be read"),
        File("bytes that are no text", product => product.WriteBytes(Lock, [.. "{\"schema\": 1, \"references\": {\"a"u8, 0xFF, .. "\": {}}}"u8]), $"error: the lock '{Lock}' cannot be read: "),
        File("a hundred megabytes", product => product.Enlarge(Lock), $"error: '{Lock}' is larger than 10 MiB"),
        File("a pipe", product => product.Pipe(Lock), $"error: '{Lock}' is a pipe or a device, not a file"),
        File("a folder", product => product.Folder(Lock), $"error: '{Lock}' is a folder, not a file"),
        File("a link out of the folder", product => { product.Write(Lock, Reference("a/b:1", Digest)); product.LinkAway(Lock); }, $"error: '{Release}.lock.json' cannot be the name of a file", "is a symbolic link"),
        File("a file that nobody may read", product => { product.Write(Lock, "{}"); product.Close(Lock); }, $"error: '{Lock}' cannot be read: permission denied"),
    ];

    private static string Reference(string name, string digest) =>
        $$"""{"schema":1,"references": {"{{name}}": {"digest": "{{digest}}", "mediaType": "x", "platforms": {} } } }""";

    private static BadCase Text(string name, string text, params IReadOnlyList<string> says) => File($"text: {name}", product => product.Write(Lock, text), says);

    private static BadCase File(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new(name, Typed($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built"), 4, says) { Break = spoil };
}
