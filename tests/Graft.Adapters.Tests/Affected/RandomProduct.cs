using System.Globalization;
using System.Text;
using Graft.Core.Affected;
using Graft.Testing;

namespace Graft.Adapters.Tests.Affected;

/// <summary>A product of thirty image sources of many kinds, the same for the same seed, and random changes of one file.</summary>
internal sealed class RandomProduct
{
    /// <summary>The folder in a context that `prepare` makes, for the group that has one.</summary>
    public const string Prepared = "common";

    private static readonly string[] Groups = ["own", "fed", "root", "chain", "named", "multi"];
    private readonly Dictionary<string, MemoryFile> files = new(StringComparer.Ordinal);
    private readonly Random random;
    private int writes;

    public RandomProduct(int seed)
    {
        random = new Random(seed);
        for (var index = 0; index < 5; index++)
        {
            if (index < 3)
            {
                AddOwn(index);
            }
            else
            {
                AddFed(index);
            }

            AddRoot(index);
            AddChain(index);
            AddNamed(index);
        }

        AddMulti();
        AddShared();
        Add("graft.yaml", Yaml());
        Tree = new MemoryTree(files);
    }

    public MemoryTree Tree { get; }

    /// <summary>One random file edited, added, deleted, renamed, made (not) executable, made a link, or replaced by a folder; what it was, in words.</summary>
    public (MemoryTree Tree, string What) Mutate()
    {
        var paths = Tree.Files.Keys.Where(path => path != "graft.yaml").Order(StringComparer.Ordinal).ToList();
        var path = paths[random.Next(paths.Count)];
        var file = Tree.Files[path];
        var fresh = string.Create(CultureInfo.InvariantCulture, $"new {random.Next()}");
        switch (random.Next(8))
        {
            case 0:
                return Change("add", (NewPath(paths), new MemoryFile(FileKind.File, fresh)));
            case 1:
                return Change("delete", (path, null));
            case 2:
                return Change("rename", (path, null), (NewPath(paths), file));
            case 3 when file.Kind != FileKind.Link:
                return Change("chmod", (path, file with { Kind = file.Kind == FileKind.File ? FileKind.Executable : FileKind.File }));
            case 4:
                return Change("link", (path, new MemoryFile(FileKind.Link, Path.GetFileName(paths[random.Next(paths.Count)]))));
            case 5 when file.Kind == FileKind.Link:
                return Change("retarget", (path, file with { Content = "../" + file.Content }));
            default:
                return Change("edit", (path, file with { Content = Edited(path, file, fresh) }));
        }
    }

    private (MemoryTree, string) Change(string what, params (string Path, MemoryFile? File)[] changes)
    {
        // No path is below a file.
        var changed = Tree.With(changes);
        var valid = changed.Files.Keys.All(path => Parents(path).All(parent => !changed.Files.ContainsKey(parent)));
        return valid ? (changed, $"{what} {string.Join(", ", changes.Select(change => change.Path))}") : Mutate();
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    private string Edited(string path, MemoryFile file, string fresh) =>
        path.EndsWith("Dockerfile", StringComparison.Ordinal) ? file.Content + $"LABEL edit=\"{fresh}\"\n"
        : path.EndsWith(".dockerignore", StringComparison.Ordinal) ? file.Content + (random.Next(2) == 0 ? "**/0*\n" : "!**/1*\n")
        : file.Kind == FileKind.Link ? file.Content
        : fresh;

    private string NewPath(List<string> paths)
    {
        var beside = paths[random.Next(paths.Count)];
        var folder = beside.Contains('/', StringComparison.Ordinal) ? beside[..beside.LastIndexOf('/')] : "";
        var name = random.Next(5) switch { 0 => "new/9.txt", 1 => "new/9.md", 2 => "9.md", 3 => "9.log", _ => "9.txt" };
        return folder.Length == 0 ? name : $"{folder}/{name}";
    }

    private void Add(string path, string content, FileKind kind = FileKind.File) => files[path] = new MemoryFile(kind, content);

    private void AddFiles(string folder)
    {
        foreach (var name in new[] { "0.txt", "1.txt", "2.md", "sub/0.txt", "sub/1.md", "sub/deep/3.txt" })
        {
            Add($"{folder}/{name}", $"{folder} {++writes}", random.Next(6) == 0 ? FileKind.Executable : FileKind.File);
        }
    }

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private string Rules() => Pick("**/*.md\n", "*\n!sub\n!0.txt\n", "sub/deep\n", "*.md\n!2.md\n", "**\n!**/*.txt\n", "sub\n!sub/1.md\n");

    private void AddOwn(int index)
    {
        var folder = $"own/o{index}";
        AddFiles(folder);
        Add($"{folder}/link", Pick("sub", "0.txt", "sub/deep"), FileKind.Link);
        Add($"{folder}/Dockerfile", "FROM scratch\n" + Pick("COPY . /app/\n", "COPY sub /sub/\nCOPY 0.txt /\n", "COPY *.txt /t/\n", "ADD s*/*.txt 1.txt /t/\n", "COPY link /l/\n", "ARG D=sub\nCOPY ${D}/ /d/\n"));
        if (random.Next(2) == 0)
        {
            Add($"{folder}/.dockerignore", Rules());
        }
    }

    // A context into which `prepare` copies what `inputs` names. It is given the context, so all of that counts, and nearly all of it is copied.
    private void AddFed(int index)
    {
        var folder = $"fed/f{index}";
        AddFiles(folder);
        Add($"{folder}/Dockerfile", Pick("FROM scratch\nCOPY . /app/\n", $"FROM scratch\nCOPY {Prepared} /c/\nCOPY sub /s/\nCOPY *.* /app/\n"));
        Add($"{folder}/.dockerignore", Pick("2.md\n", $"*/2.md\n**/*.log\n!{Prepared}/**\n"));
        Add("tools/feed.sh", $"cp -r shared/s0 \"$1/{Prepared}\"\n");
    }

    private void AddRoot(int index)
    {
        var folder = $"root/r{index}";
        AddFiles(folder);
        Add($"{folder}/Dockerfile", $"FROM scratch\nCOPY {folder}/{Pick("", "sub/", "*.txt")} /app/\nCOPY shared/s{index % 3} /shared/\n");
        if (random.Next(3) == 0)
        {
            Add($"{folder}/Dockerfile.dockerignore", "**\n!root\n!shared\n**/*.md\n");
        }
    }

    // Three links of a chain, the first from files, the others from the one before.
    private void AddChain(int index)
    {
        var folder = $"chain/c{index}";
        AddFiles(folder);
        var start = index == 0 ? "FROM scratch\n" : index == 3 ? "FROM scratch\nCOPY --from=acme/chain-c2 / /below/\n" : $"FROM acme/chain-c{index - 1}:any\n";
        Add($"{folder}/Dockerfile", start + "COPY sub /sub" + index.ToString(CultureInfo.InvariantCulture) + "/\n");
    }

    private void AddNamed(int index)
    {
        var folder = $"named/n{index}";
        AddFiles(folder);
        Add($"{folder}/Dockerfile", index switch
        {
            0 => "FROM scratch\nCOPY --from=files . /f/\n",
            1 => "FROM scratch\nCOPY --from=files s1/*.txt /f/\n",
            2 => "FROM base\nCOPY 0.txt /\n",
            3 => "FROM scratch AS a\nCOPY 1.txt /\nFROM base\nCOPY --from=a / /\n",
            _ => "FROM scratch\nCOPY . /\n",
        });
    }

    // One Dockerfile of several targets, in a context that is the root.
    private void AddMulti()
    {
        for (var index = 0; index < 2; index++)
        {
            var folder = $"multi/m{index}";
            AddFiles(folder);
            Add($"{folder}/Dockerfile", $"FROM scratch AS one\nCOPY {folder}/0.txt /\nFROM scratch AS two\nCOPY {folder}/sub /sub\nFROM one AS three\nCOPY --from=two / /\nFROM scratch AS four\nCOPY shared/s1/*.txt /s/\nFROM scratch AS five\nCOPY {folder}/{Pick("l*k", "link/")} /l/\n");
            Add($"{folder}/link", Pick("sub", "sub/deep", "../../shared/s2"), FileKind.Link);
        }
    }

    private void AddShared()
    {
        for (var index = 0; index < 3; index++)
        {
            AddFiles($"shared/s{index}");
        }

        Add(".dockerignore", Pick("**/*.md\n!**/2.md\n", "docs\n**/*.log\n", "**\n!root\n!multi\n!shared\n"));
        Add("shared/.dockerignore", "**/*.md\n");
        for (var index = 0; index < 12; index++)
        {
            Add($"docs/{index}.md", $"doc {index}");
        }
    }

    private static string Yaml()
    {
        var yaml = new StringBuilder("product: acme\nimages:\n");
        foreach (var group in Groups)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - dockerfiles: {group}/*/Dockerfile\n");
            yaml.Append(group switch
            {
                "fed" => "    name: acme/fed-{name}\n    inputs: [shared/s0/**]\n    prepare: [sh, tools/feed.sh, \"{context}\"]\n",
                "root" => "    name: acme/root-{name}\n    context: .\n",
                "named" => "    name: acme/named-{name}\n    contexts: { files: shared, base: acme/chain-c1 }\n",
                "multi" => "    context: .\n    targets: { one: \"acme/one-{name}\", two: \"acme/two-{name}\", three: \"acme/three-{name}\", four: \"acme/four-{name}\", five: \"acme/five-{name}\" }\n",
                _ => $"    name: acme/{group}-{{name}}\n",
            });
        }

        return yaml.ToString();
    }
}
