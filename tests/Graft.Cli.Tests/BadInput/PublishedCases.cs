using System.Text;
using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>The folder of published releases.</summary>
public sealed class PublishedCases : IBadCases
{
    private const string Draft = LivedInSample.Draft;
    private const string Folder = $".graft/published/v{Draft}";
    private const string Description = $"{Folder}/release.json";
    private const string Asset = $"{Folder}/assets/{Draft}.yaml";
    private const string BaseDescription = $".graft/published/v{Release}/release.json";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        .. Everywhere("nothing", product => product.Write(Description, ""), $"{Description}:1:1: the release's description is not JSON that can be read"),
        Needed("cut in the middle", product => product.Cut(Description, 60), $"error: {Description}:", "is not JSON that can be read"),
        Needed("null", product => product.Write(Description, "null"), $"error: '{Description}' does not describe a release"),
        Needed("a list", product => product.Write(Description, "[]"), $"error: {Description}:1:"),
        Needed("a thousand levels", product => product.Write(Description, Repeat("{\"a\":", 1000)), $"error: {Description}:1:"),
        Needed("UTF-16", product => product.Encode(Description, Encoding.Unicode), $"error: {Description}:1:1: "),
        Needed("no commit", product => product.Write(Description, "{\"tag\":\"x\"}"), $"error: {Description}:1:"),
        Needed("a draft that is neither", product => product.Replace(Description, "\"draft\": true", "\"draft\": \"yes\""), $"error: {Description}:", "`draft`"),
        Needed("a time that is none", product => product.Replace(Description, "\"createdAt\": \"", "\"createdAt\": \"x"), $"error: {Description}:", "`createdAt`"),
        Needed("a schema to come", product => product.Replace(Description, "\"schema\": 1", "\"schema\": 2"), $"error: '{Description}' is not of a kind that this version of graft reads"),
        Needed("a key that is there twice", product => product.Replace(Description, "\"draft\": true", "\"draft\": true, \"draft\": false"), $"error: {Description}:"),
        Needed("a title that is a number", product => product.Replace(Description, $"\"title\": \"{Draft}\"", "\"title\": 5"), $"error: {Description}:", "`title`"),
        new("fetched: no notes", Typed("release download --include-drafts"), 0) { Break = product => product.Write(Description, $"{{\"tag\":\"v{Draft}\",\"commit\":\"{product.Fix}\",\"draft\":true}}") },
        Needed("a commit that looks like an option", product => product.Replace(Description, product.Fix.ToString(), "--all"), $"error: '{Description}' does not describe a release: '--all' is not a commit"),
        Needed("the tag of another", product => product.Replace(Description, $"\"v{Draft}\"", $"\"v{Release}\""), $"error: '{Description}' does not describe a release: it is that of 'v{Release}'"),
        Needed("a tag that leads out", product => product.Replace(Description, $"\"v{Draft}\"", "\"../../x\""), $"error: '{Description}' does not describe a release: it is that of '../../x'"),
        Needed("a tag with a terminal's escapes", product => product.Replace(Description, $"\"v{Draft}\"", "\"\\u001b[2J\\nerror: forged\""), "it is that of '\uFFFD[2J\\nerror: forged'"),
        .. Everywhere("a hundred megabytes", product => product.Enlarge(Description), $"'{Description}' is larger than 10 MiB"),
        .. Everywhere("a pipe", product => product.Pipe(Description), $"'{Description}' is a pipe or a device, not a file"),
        .. Everywhere("a folder", product => product.Folder(Description), $"'{Description}' is a folder, not a file"),
        .. Everywhere("a link away", product => product.LinkAway(Description), "'release.json' cannot be the name of a file", "is a symbolic link"),
        .. Everywhere("a file that nobody may read", product => product.Close(Description), $"'{Description}' cannot be read: permission denied"),
        .. Everywhere("a release's folder that leads away", product => product.LinkAway(Folder), $"'v{Draft}' cannot be the name of a file", "is a symbolic link"),
        .. Everywhere("assets that lead away", product => product.LinkAway($"{Folder}/assets"), "'assets' cannot be the name of a file", "is a symbolic link"),
        Downloaded("an asset that leads away", product => product.LinkAway(Asset), $"'{Draft}.yaml' cannot be the name of a file", "is a symbolic link"),
        Downloaded("an asset that is a pipe", product => product.Pipe(Asset), $"'{Asset}' is a pipe or a device, not a file"),
        Downloaded("an asset that nobody may read", product => product.Close(Asset), $"'{Asset}' cannot be read: permission denied"),
        Downloaded("an asset of a hundred megabytes", product => product.Enlarge(Asset), $"'{Asset}' is larger than 10 MiB"),
        Downloaded("an asset that is gone", product => File.Delete(product.At(Asset)), $"release 'v{Draft}' has no manifest"),
        Downloaded("an asset of nothing", product => product.Write(Asset, ""), $"v{Draft}/{Draft}.yaml:1:1: the manifest is empty"),
        Downloaded("an asset that is another release", product => product.Replace(Asset, $"name: {Draft}", "name: 3.2.202501010000"), $"the manifest of release 'v{Draft}' says that it is '3.2.202501010000'"),
        Downloaded("a manifest that ends badly", product => File.AppendAllText(product.At(Asset), "x: [\n"), $"v{Draft}/{Draft}.yaml:"),
        Downloaded("a lock that is none", product => { product.Write($"{Folder}/assets/{Draft}.lock.json", "{"); Forget(product); }, $"v{Draft}/{Draft}.lock.json:1:", "the lock is not JSON that can be read"),
        Downloaded("a lock that is a pipe", product => { product.Pipe($"{Folder}/assets/{Draft}.lock.json"); Forget(product); }, "is a pipe or a device, not a file"),
        Published("a manifest that is another", product => File.AppendAllText(product.At(Asset), "# later\n"), 4, $"error: 'releases/{Draft}.yaml' is not what release 'v{Draft}' has on the publisher"),
        Published("a manifest that is a pipe", product => product.Pipe(Asset), 4, $"error: '{Asset}' is a pipe or a device, not a file"),
        Published("a commit that is another", product => product.Replace(Description, product.Fix.ToString(), "5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4"), 4, $"error: the manifest of '{Draft}' says commit ", ", but its draft says 5c1f0a77\n"),
        Fixed("the base's own release is broken", product => product.Write(BaseDescription, ""), 4, $"error: {BaseDescription}:1:1: "),
        Fixed("a later release of the series is broken", product => product.Write(Description, ""), 4, $"error: {Description}:1:1: "),
        Fixed("a release of another series is broken", product => product.Write(".graft/published/v2.0.202501010000/release.json", ""), 0, "warning: .graft/published/v2.0.202501010000/release.json:1:1: "),
        Fixed("what is no release is broken", product => product.Write(".graft/published/nightly/release.json", ""), 0, "warning: .graft/published/nightly/release.json:1:1: "),
        new("the folder is closed", Typed("release list"), 5, "error: '.graft/published' cannot be read: permission denied") { Break = product => product.Close(".graft/published") },
        new("a folder whose name is a terminal's escapes", Typed("release list"), 0, "warning: '\\x1b[2J\\x0aforged' cannot be the name of a file: it holds a control character")
        {
            Break = product => product.Write(".graft/published/\u001b[2J\nforged/release.json", ""),
            Shows = [Release, Draft],
        },
    ];

    // A draft is fetched only when asked for, and only where it is not yet.
    private static void Forget(SampleProduct product) => File.Delete(product.At($"releases/{Draft}.yaml"));

    private static IEnumerable<BadCase> Everywhere(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
    [
        Needed(name, spoil, ["error: ", .. says]),
        new($"listed: {name}", Typed("release list"), 0, ["warning: ", .. says]) { Break = spoil, Shows = [Release, Draft] },
        new($"fetched: {name}", Typed("release download --include-drafts"), 4, ["warning: ", .. says]) { Break = spoil },
    ];

    private static BadCase Needed(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"shown: {name}", Typed($"release show {Draft}"), 4, says) { Break = spoil };

    private static BadCase Downloaded(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"fetched: {name}", Typed("release download --include-drafts"), 4, ["warning: ", "; it was left out", .. says]) { Break = spoil };

    private static BadCase Published(string name, Action<SampleProduct> spoil, int code, params IReadOnlyList<string> says) =>
        new($"published: {name}", Typed($"release publish {Draft} --yes"), code, says) { Break = spoil };

    private static BadCase Fixed(string name, Action<SampleProduct> spoil, int code, params IReadOnlyList<string> says) =>
        new($"fixed: {name}", Typed($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.6 --allow affected-not-built --dry-run"), code, says) { Break = spoil };
}
