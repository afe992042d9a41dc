using System.Text;
using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;

namespace Graft.Cli.Tests.BadInput;

/// <summary>graft.yaml, and the version file that it names.</summary>
public sealed class ProductFileCases : IBadCases
{
    private const string Name = "graft.yaml";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        Text("nothing", "", "graft.yaml:1:1: 'graft.yaml' is empty"),
        Text("a list", "- a\n", "graft.yaml:1:1: 'graft.yaml' is not a mapping"),
        Text("several documents", "product: acme\n---\nproduct: acme\n", "graft.yaml:2:1: the file holds several documents"),
        Text("a quote that is not closed", "product: \"acme\n", "graft.yaml:", "the file is not YAML"),
        Text("a bomb of aliases", Bomb, "graft.yaml:2:1: 'a' is no key of graft.yaml"),
        Text("an alias for a value", "product: &p acme\nreleases: *p\n", "graft.yaml:2:11: the alias '*p' is not read here"),
        Text("a hundred levels", $"product: {Spoil.Repeat("[", 100)}", "graft.yaml:1:73: the file is nested deeper than 64 levels"),
        Text("a hundred thousand levels", $"product: {Spoil.Repeat("[", 100_000)}", "the file is nested deeper than 64 levels"),
        Text("a hundred thousand levels of mappings", $"product: {Spoil.Repeat("{a: ", 100_000)}", "the file is nested deeper than 64 levels"),
        Text("a key that is there twice", "product: acme\nproduct: other\n", "graft.yaml:2:1: 'product' is there twice", "it is on line 1 already"),
        Text("a key that is there twice in a rule", "product: acme\nimages:\n  - name: a\n    name: b\n    dockerfiles: c\n", "graft.yaml:4:5: 'name' is there twice"),
        Text("NUL", "product: ac\0me\n", "graft.yaml:1:12: the file holds a NUL character"),
        Text("a terminal's escapes in a key", "product: acme\n\"\\e[31mred\\e[2J\": x\n", "graft.yaml:2:1: '\uFFFD[31mred\uFFFD[2J' is no key of graft.yaml"),
        Text("a line break in a value", "product: \"a\\nerror: forged\"\n", "graft.yaml:1:10: 'a\\nerror: forged' is not a product name"),
        Text("text that runs backwards", "product: \"a\\u202Eb\"\n", "graft.yaml:1:10: 'a\uFFFDb' is not a product name"),
        Text("half a character", "product: \"\\ud800\"\n", "graft.yaml:1:10: "),
        Text("a number without end", $"product: acme\nbuild: {{ parallel: {Spoil.Repeat("9", 5000)} }}\n", "graft.yaml:2:20: 'parallel' is not a whole number of 1 or more"),
        Text("a product named by a tag", "product: !!binary YQ==\n", "graft.yaml:1:10: 'YQ==' is not a product name"),
        Value("releases: ../elsewhere", "the path '../elsewhere' leaves the repository"),
        Value("releases: /etc", "the path '/etc' is absolute"),
        Value("version-file: a/../../b", "the path 'a/../../b' leaves the repository"),
        Value("releases: \"a\\0b\"", "the path 'a\uFFFDb' holds a NUL character"),
        Value("releases: \"\"", "the path is empty"),
        Value("registry: layout:../images", "the path '../images' leaves the repository"),
        Value("registry: --upload-pack=x", "'--upload-pack=x' is not a registry"),
        Value("publisher: folder:/published", "the path '/published' is absolute"),
        Value("publisher: github:acme/../x", "'github:acme/../x' is not a publisher"),
        Value("remote: --upload-pack=touch", "'--upload-pack=touch' is not a name that git takes"),
        Value("remote: ext::sh", "'ext::sh' is not a name that git takes"),
        Value("main: --all", "'--all' is not a name that git takes"),
        Value("tag: v", "the tag 'v' has no `{name}`"),
        Value("tag: --x{name}", "'--x{name}' does not make a git tag"),
        Value("tag: ../{name}", "'../{name}' does not make a git tag"),
        Value("github-api: http://example.com", "the address of the API is not one"),
        Rule("dockerfiles: ../*/Dockerfile", "the path '../*/Dockerfile' leaves the repository"),
        Rule("dockerfiles: src/[/Dockerfile", "'src/[/Dockerfile' is not a path or a glob"),
        Rule("context: ../..", "the path '../..' leaves the repository"),
        Rule("context: \"{dir}/../../..\"", "the path '{dir}/../../..' leaves the repository"),
        Rule("inputs: [/etc/*]", "the path '/etc/*' is absolute"),
        Rule("name: \"acme/{name}:latest\"", "'acme/{name}:latest' is not an image name"),
        Rule("name: \"--acme/{name}\"", "'--acme/{name}' is not an image name"),
        Rule("prepare: [/bin/sh, -c, x]", "the path '/bin/sh' is absolute"),
        Rule("prepare: [x, \"a\\0b\"]", "the word holds a NUL character"),
        Rule("prepare: [../../x]", "the path '../../x' leaves the repository"),
        File("UTF-16", product => product.Encode(Name, Encoding.Unicode), "graft.yaml:1:1: the file is UTF-16", "write it as UTF-8"),
        File("UTF-16 of the other order", product => product.Encode(Name, Encoding.BigEndianUnicode), "graft.yaml:1:1: the file is UTF-16"),
        File("UTF-16 without a mark", product => product.Encode(Name, new UnicodeEncoding(bigEndian: false, byteOrderMark: false)), "graft.yaml:1:2: the file holds a NUL character"),
        File("Latin-1", product => product.WriteBytes(Name, [.. "product: caf"u8, 0xE9, (byte)'\n']), "graft.yaml:1:13: the file is not UTF-8"),
        File("a surrogate in UTF-8", product => product.WriteBytes(Name, [.. "product: a"u8, 0xED, 0xA0, 0x80]), "graft.yaml:1:11: the file is not UTF-8"),
        File("a hundred megabytes", product => product.Enlarge(Name), "'graft.yaml' is larger than 1 MiB"),
        File("a pipe", product => product.Pipe(Name), "'graft.yaml' is a pipe or a device, not a file"),
        File("a folder", product => product.Folder(Name), "'graft.yaml' is a folder, not a file"),
        File("a link to nowhere", product => product.LinkNowhere(Name), "'graft.yaml' is a link that leads nowhere"),
        File("a file that nobody may read", product => product.Close(Name), "'graft.yaml' cannot be read: permission denied"),
        Named("a device without end", "/dev/zero", "'/dev/zero' is larger than 1 MiB"),
        Named("a device without anything", "/dev/null", "/dev/null:1:1: '/dev/null' is empty"),
        Named("a folder", "src", "'src' is a folder, not a file"),
        Named("what is below a file", "graft.yaml/x", "there is no file 'graft.yaml/x'"),
        Named("what is not there", "\u001b[31m.yaml", "there is no file '\uFFFD[31m.yaml'"),
        Named("a name without end", Spoil.Repeat("a", 5000), "error: 'aaa", "' cannot be read: file name too long"),
        Version("a pipe", product => product.Pipe(".version.yml"), "'.version.yml' is a pipe or a device, not a file"),
        Version("a hundred megabytes", product => product.Enlarge(".version.yml"), "'.version.yml' is larger than 1 MiB"),
        Version("UTF-16", product => product.Encode(".version.yml", Encoding.Unicode), ".version.yml:1:1: the file is UTF-16"),
        Version("a folder", product => product.Folder(".version.yml"), "'.version.yml' is a folder, not a file"),
        Version("no series", product => product.Write(".version.yml", "version: ../../x\n"), ".version.yml:1:10: 'version' is not a series"),
        new("init over a graft.yaml that leads nowhere", Typed("init"), 4, "error: 'graft.yaml' exists already") { Break = product => product.LinkNowhere(Name) },
        new("init over a folder", Typed("init --force"), 4, "error: 'graft.yaml' is a folder, not a file") { Break = product => product.Folder(Name) },
        new("init into a folder that is not there", Typed("init --config nowhere/graft.yaml"), 5, "error: cannot write ", "nowhere/graft.yaml"),
    ];

    private static string Bomb => "# ten to the ninth\na: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + string.Concat("bcdefghi".Select(key => $"{key}: &{key} [{string.Join(", ", Enumerable.Repeat($"*{(char)(key - 1)}", 10))}]\n"));

    private static BadCase Text(string name, string text, params IReadOnlyList<string> says) => File($"text: {name}", product => product.Write(Name, text), says);

    private static BadCase Value(string line, string says) => File(line, product => product.Write(Name, $"product: acme\n{line}\n"), $"error: graft.yaml:2:{line.IndexOf(' ', StringComparison.Ordinal) + 2}: {says}");

    private static BadCase Rule(string line, string says)
    {
        var key = line[..line.IndexOf(':', StringComparison.Ordinal)];
        var others = new[] { "dockerfiles: src/*/Dockerfile", "name: acme/{name}" }.Where(other => !other.StartsWith(key + ":", StringComparison.Ordinal));
        var text = $"product: acme\nimages:\n  - {string.Join("\n    ", others.Prepend(line))}\n";
        return File($"in a rule, {line}", product => product.Write(Name, text), "error: graft.yaml:3:", says);
    }

    private static BadCase File(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new(name, Typed("release list"), 4, says) { Break = spoil };

    private static BadCase Named(string name, string file, params IReadOnlyList<string> says) =>
        new($"--config with {name}", ["release", "list", "--config", file], 4, says);

    private static BadCase Version(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"the version file is {name}", Typed($"hotfix generate --offline --release {Spoil.Release} --set bitnami/redis=7.2.5 --allow affected-not-built dirty-tree --dry-run"), 4, says) { Break = spoil };
}
