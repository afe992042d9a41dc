using System.Text;
using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>Manifests, and the folder that they are in.</summary>
public sealed class ManifestCases : IBadCases
{
    private const string Place = $"error: {Manifest}:";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        Show("nothing", product => product.Write(Manifest, ""), $"{Place}1:1: the manifest is empty"),
        Show("cut in the middle", product => product.Cut(Manifest, 100), Place),
        Show("a bomb of aliases", product => product.Write(Manifest, Head + Bomb), $"{Place}11:", "'images' holds something that is not an image reference"),
        Show("aliases of long lists", product => product.Write(Manifest, Head + LongLists), Place, "the manifest lists more than 100000 images"),
        Show("an alias without an anchor", product => product.Write(Manifest, Head + "images: *a\n"), $"{Place}4:9: '*a' has no anchor"),
        Show("an alias of itself", product => product.Write(Manifest, Head + "images: &a [*a]\n"), Place),
        Show("a hundred levels", product => product.Write(Manifest, Head + "deep: " + Repeat("[", 100)), $"{Place}4:70: the file is nested deeper than 64 levels"),
        Show("a hundred thousand levels", product => product.Write(Manifest, Head + "deep: " + Repeat("{a: ", 100_000)), "the file is nested deeper than 64 levels"),
        Show("a hundred thousand levels of dashes", product => product.Write(Manifest, Head + "deep: \n" + Repeat("- ", 100_000)), "the file is nested deeper than 64 levels"),
        Show("a hundred megabytes", product => product.Enlarge(Manifest), $"error: '{Manifest}' is larger than 10 MiB"),
        Show("UTF-16", product => product.Encode(Manifest, Encoding.Unicode), $"{Place}1:1: the file is UTF-16", "write it as UTF-8"),
        Show("UTF-32", product => product.Encode(Manifest, Encoding.UTF32), Place),
        Show("Latin-1", product => product.WriteBytes(Manifest, [.. Encoding.UTF8.GetBytes(Head + "notes: caf"), 0xE9]), $"{Place}4:11: the file is not UTF-8"),
        Show("a surrogate in UTF-8", product => product.WriteBytes(Manifest, [.. Encoding.UTF8.GetBytes(Head + "notes: "), 0xED, 0xB0, 0x80]), $"{Place}4:8: the file is not UTF-8"),
        Show("NUL", product => product.Write(Manifest, Head + "notes: a\0b\n"), $"{Place}4:9: the file holds a NUL character"),
        Show("a name that is there twice", product => product.Write(Manifest, Head + $"name: {Release}\n"), $"{Place}4:1: 'name' is there twice"),
        Show("an image that is there twice", product => product.Write(Manifest, Head + "images:\n  a/b: 1\n  a/b: 2\n"), $"{Place}6:3: 'a/b' is there twice"),
        Show("a hotfix that is there twice", product => product.Write(Manifest, Head + "hotfix: { of: 3.2.202501010000 }\nhotfix: { of: 3.2.202501020000 }\n"), $"{Place}5:1: 'hotfix' is there twice"),
        Show("several documents", product => product.Write(Manifest, Head + "---\n" + Head), $"{Place}4:1: the file holds several documents"),
        Show("a list of nothing in particular", product => product.Write(Manifest, Head + "images: 5\n"), $"{Place}4:9: 'images' is neither a mapping nor a list"),
        Show("a merge key", product => product.Write(Manifest, Head + "more: &m { a/b: 1 }\nimages:\n  <<: *m\n"), $"{Place}6:3: '<<' is not an image name"),
        Show("a commit that looks like an option", product => product.Write(Manifest, $"name: {Release}\ncommit: --upload-pack=x\n"), $"{Place}2:9: '--upload-pack=x' is not a commit"),
        Show("a name that leads out", product => product.Write(Manifest, $"name: ../../{Release}\ncommit: x\n"), $"{Place}1:7: '../../{Release}' is not a release name"),
        Show("a name with a line break", product => product.Write(Manifest, $"name: \"{Release}\\nerror: forged\"\ncommit: x\n"), $"{Place}1:7: '{Release}\\nerror: forged' is not a release name"),
        Show("a name with a terminal's escapes", product => product.Write(Manifest, "name: \"\\e]0;owned\\a\"\ncommit: x\n"), $"{Place}1:7: '\uFFFD]0;owned\uFFFD' is not a release name"),
        Show("a name of another release", product => product.Replace(Manifest, $"name: {Release}", "name: 3.2.202501010000"), $"'{Manifest}' says that it is release '3.2.202501010000'"),
        Show("an image that leads out", product => product.Write(Manifest, Head + "images:\n  ../../etc: 1\n"), $"{Place}5:3: '../../etc' is not an image name"),
        Show("an image that looks like an option", product => product.Write(Manifest, Head + "images:\n  --all: 1\n"), $"{Place}5:3: '--all' is not an image name"),
        Show("a version that looks like an option", product => product.Write(Manifest, Head + "images:\n  a/b: --help\n"), $"{Place}5:8: 'a/b' has no version that can be read"),
        Show("a version that leads out", product => product.Write(Manifest, Head + "core_images:\n  - a/b:../../c\n"), $"{Place}5:5: 'a/b:../../c' is not an image reference with a version"),
        Show("a base that leads out", product => product.Write(Manifest, Head + "hotfix: { of: ../x }\n"), $"{Place}4:15: '../x' is not a release name"),
        Show("a time that is none", product => product.Write(Manifest, Head + "released_at: 2025-13-45T99:99:99Z\n"), $"{Place}4:14: '2025-13-45T99:99:99Z' is not a time"),
        Show("a pipe", product => product.Pipe(Manifest), $"error: '{Manifest}' is a pipe or a device, not a file"),
        Show("a folder", product => product.Folder(Manifest), $"error: '{Manifest}' is a folder, not a file"),
        Show("a file that nobody may read", product => product.Close(Manifest), $"error: '{Manifest}' cannot be read: permission denied"),
        Show("a link out of the folder", product => product.LinkAway(Manifest), $"'{Release}.yaml' cannot be the name of a file", "is a symbolic link"),
        Show("a link to nowhere", product => product.LinkNowhere(Manifest), $"'{Release}.yaml' cannot be the name of a file", "is a symbolic link"),
        Generate("a base that is cut in the middle", product => product.Cut(Manifest, 100), Place),
        Generate("a base behind a pipe", product => product.Pipe(Manifest), $"'{Manifest}' is a pipe or a device, not a file"),
        Generate("a list whose entries are behind an alias", product => product.Write(Manifest, Head + "x_images: &x\n  - bitnami/redis:7.2.4\ny_images: *x\n"), $"{Place}5:5: 'bitnami/redis:7.2.4' cannot be changed here"),
        new("two files that say that they are one release", Typed($"release show v{Release}"), 4, $"error: release 'v{Release}' is ambiguous", "'releases/copy.yaml'")
        {
            Break = product => product.Write("releases/copy.yaml", product.Read(Manifest)),
        },
        new("a name in another case", Typed("release show PRE-a"), 4, "error: there is no release 'PRE-a' in 'releases'", "did you mean `pre-a`?")
        {
            Break = product => product.Write("releases/pre-a.yaml", Head.Replace(Release, "pre-a", StringComparison.Ordinal)),
        },
        new("names that differ in case only", Typed("release show pre-A"), 4, "error: 'releases/pre-A.yaml' says that it is release 'pre-a'")
        {
            Break = product =>
            {
                product.Write("releases/pre-a.yaml", Head.Replace(Release, "pre-a", StringComparison.Ordinal));
                product.Write("releases/pre-A.yaml", Head.Replace(Release, "pre-a", StringComparison.Ordinal));
            },
        },
        Listed("a file with a line break and escapes in its name", product => product.Write("releases/a\nerror: b\u001b[31m.yaml", "x"), "warning: 'a\\x0aerror: b\\x1b[31m.yaml' cannot be the name of a file"),
        Listed("a device", product => File.CreateSymbolicLink(product.At("releases/x.yaml"), "/dev/zero"), "warning: 'x.yaml' cannot be the name of a file"),
        Listed("a folder", product => Directory.CreateDirectory(product.At("releases/x.yaml")), "warning: 'releases/x.yaml' is a folder, not a file"),
        Listed("a file that nobody may read", product => { product.Write("releases/x.yaml", ""); product.Close("releases/x.yaml"); }, "warning: 'releases/x.yaml' cannot be read: permission denied"),
        new("the folder is closed", Typed("release list"), 4, "error: 'releases' cannot be read: permission denied") { Break = product => product.Close("releases") },
        new("a release that is a hotfix of itself", Typed("release tree"), 0, "warning: '3.2.202601010000' is, by what the manifests say, a hotfix of itself")
        {
            Break = product => product.Write("releases/3.2.202601010000.yaml", Hotfix("3.2.202601010000", "3.2.202601010000")),
            Shows = [Release],
        },
        new("releases that are hotfixes of each other", Typed("release tree"), 0, "warning: '3.2.202601010000' is, by what the manifests say, a hotfix of itself")
        {
            Break = product =>
            {
                product.Write("releases/3.2.202601010000.yaml", Hotfix("3.2.202601010000", "3.2.202601020000"));
                product.Write("releases/3.2.202601020000.yaml", Hotfix("3.2.202601020000", "3.2.202601010000"));
            },
            Shows = [Release],
        },
        new("one release in two files, one of which is its own hotfix", Typed("release tree"), 0)
        {
            Break = product =>
            {
                product.Write("releases/a.yaml", Hotfix("3.2.202601010000", Release));
                product.Write("releases/b.yaml", Hotfix("3.2.202601010000", "3.2.202601010000"));
            },
            Shows = [Release],
        },
        new("half a character in what is free text", Typed($"release show {Release}"), 4, $"{Place}5:8: the file is not YAML", "invalid Unicode surrogates")
        {
            Break = product => product.Write(Manifest, Head + "notes:\n  - x: \"\\ud800\"\n"),
        },
        new("a chain of six hundred hotfixes", Typed("release tree"), 0)
        {
            Break = product =>
            {
                var names = Enumerable.Range(0, 600).Select(minute => new DateTime(2026, 1, 1).AddMinutes(minute)).Select(minute => $"3.2.{minute:yyyyMMddHHmm}").Prepend(Release).ToList();
                foreach (var (of, name) in names.Zip(names.Skip(1)))
                {
                    product.Write($"releases/{name}.yaml", Hotfix(name, of));
                }
            },
            Shows = [Release, "3.2.202601010959"],
        },
        new("terminal's escapes and line breaks in what is free text", Typed($"release show {Release}"), 0)
        {
            Break = product => product.Write(Manifest, Head + "\"\\e[31m\\n_images\": [a/b:1]\nhotfix:\n  of: 3.2.202501010000\n  built:\n    - { image: \"\\e[2Jx\", from: \"a\\nb\", to: \"\\u202Ec\" }\n"),
            Shows = ["\uFFFD[2Jx  a\uFFFDb -> \uFFFDc\n", "\n\uFFFD[31m\uFFFD_images\n"],
        },
    ];

    private static string Head => $"name: {Release}\ncommit: 5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4\nchannels: [edge]\n";

    private static string Bomb => string.Concat("bcdefghi".Select(key => $"{key}: &{key} [{string.Join(", ", Enumerable.Repeat(key == 'b' ? "x" : $"*{(char)(key - 1)}", 10))}]\n")).Replace("i: &i", "images: &i", StringComparison.Ordinal);

    private static string LongLists =>
        "a: &a\n" + string.Concat(Enumerable.Range(0, 2000).Select(number => $"  - a/b:{number}\n")) + string.Concat(Enumerable.Range(0, 60).Select(number => $"x{number}_images: *a\n"));

    private static string Hotfix(string name, string of) => $"name: {name}\ncommit: 5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4\nhotfix: {{ of: {of} }}\n";

    private static BadCase Show(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"shown: {name}", Typed($"release show {Release}"), 4, says) { Break = spoil };

    private static BadCase Generate(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"fixed: {name}", Typed($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.5 --allow affected-not-built wrong-base"), 4, says) { Break = spoil };

    private static BadCase Listed(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"listed: {name}", Typed("release list"), 0, says) { Break = spoil, Shows = [Release, LivedInSample.Draft] };
}
