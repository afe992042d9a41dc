using System.Globalization;
using System.Text;
using Graft.Core.Dockerfiles;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// A build context with an ignore file and a Dockerfile, all made from a number. Names are few and short, so that patterns and sources hit
/// often, and most patterns are made from a path that is there.
/// </summary>
internal sealed class RandomContext
{
    private static readonly string[] FolderNames = ["a", "b", "ab", "src", "lib", "docs", ".hid", "temp", "a b", "node_modules", "x.d"];
    private static readonly string[] FileNames = ["a", "b", "abc", "x.go", "y.go", "README.md", "a.txt", "b.log", ".env", "temporary", "c d", "run.sh", "a-b", "ä.txt", "Dockerfile"];

    private readonly Random random;
    private readonly List<string> folders = [];
    private readonly List<string> files = [];
    private readonly List<(string Path, string Target)> links = [];

    private RandomContext(int seed)
    {
        random = new Random(seed);
        MakeTree();
        Context = random.Next(3) == 0 ? "." : "ctx";
        var own = random.Next(3) == 0;
        Dockerfile = random.Next(3) switch { 0 => $"{Context}/Dockerfile", 1 => "build/app.Dockerfile", _ => "Dockerfile" };
        Dockerfile = Dockerfile.Replace("./", "", StringComparison.Ordinal);
        var general = Context == "." ? ".dockerignore" : $"{Context}/.dockerignore";
        IgnoreFile = own ? Dockerfile + ".dockerignore" : general;
        Ignore = string.Join(random.Next(6) == 0 ? "\r\n" : "\n", Enumerable.Range(0, random.Next(1, 7)).Select(_ => IgnoreLine())) + (random.Next(2) == 0 ? "\n" : "");
        Instructions = [.. MakeInstructions()];
    }

    public string Context { get; }

    public string Dockerfile { get; }

    /// <summary>The path of the ignore file that counts.</summary>
    public string IgnoreFile { get; }

    public string Ignore { get; }

    public List<string> Instructions { get; }

    public IReadOnlyList<string> Files => files;

    public IReadOnlyList<(string Path, string Target)> Links => links;

    /// <summary>Every path of the context: files, folders and links, the Dockerfile and the ignore files where they are in it.</summary>
    public IReadOnlyList<string> Paths =>
    [
        .. folders, .. files, .. links.Select(link => link.Path), ".dockerignore",
        .. new[] { Dockerfile, IgnoreFile }.Where(path => Context == "." || path.StartsWith(Context + "/", StringComparison.Ordinal)).Select(path => Context == "." ? path : path[(Context.Length + 1)..]).Where(path => path != ".dockerignore"),
        .. Context == "." && Dockerfile.StartsWith("build/", StringComparison.Ordinal) ? ["build"] : Array.Empty<string>(),
    ];

    public string Text => string.Join('\n', Instructions) + "\n";

    public static RandomContext Make(int seed) => new(seed);

    public void WriteTo(ImageWorkbench bench)
    {
        foreach (var folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(bench.Checkout, Context, folder));
        }

        foreach (var file in files)
        {
            bench.Write($"{Context}/{file}", file, executable: file.EndsWith(".sh", StringComparison.Ordinal));
        }

        foreach (var (path, target) in links)
        {
            bench.Link($"{Context}/{path}", target);
        }

        if (IgnoreFile.StartsWith(Dockerfile, StringComparison.Ordinal))
        {
            // It must not be looked at.
            bench.Write($"{Context}/.dockerignore", "**\n");
        }

        bench.Write(IgnoreFile, Ignore).Write(Dockerfile, Text);
    }

    public void Drop(int line, ImageWorkbench bench)
    {
        Instructions.RemoveAt(line - 1);
        bench.Write(Dockerfile, Text);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', folders.Select(folder => folder + "/").Concat(files).Concat(links.Select(link => $"{link.Path} -> {link.Target}")).Order(StringComparer.Ordinal));
        return text.Append(CultureInfo.InvariantCulture, $"\n--- context {Context}, {IgnoreFile}\n{Ignore}\n--- {Dockerfile}\n{Text}").ToString();
    }

    private void MakeTree()
    {
        for (var i = random.Next(2, 9); i > 0; i--)
        {
            var folder = Join(folders.Count == 0 || random.Next(2) == 0 ? "" : Pick(folders), Pick(FolderNames));
            if (folder.Count(c => c == '/') < 4 && !folders.Contains(folder))
            {
                folders.Add(folder);
            }
        }

        for (var i = random.Next(4, 20); i > 0; i--)
        {
            var file = Join(random.Next(3) == 0 ? "" : Pick(folders), Pick(FileNames));
            if (!files.Contains(file) && !folders.Contains(file) && file != "Dockerfile")
            {
                files.Add(file);
            }
        }

        if (files.Count == 0)
        {
            files.Add("x.go");
        }

        for (var i = random.Next(3) == 0 ? random.Next(1, 3) : 0; i > 0; i--)
        {
            var link = Join(random.Next(2) == 0 ? "" : Pick(folders), "lnk" + i.ToString(CultureInfo.InvariantCulture));
            var up = string.Concat(Enumerable.Repeat("../", link.Count(c => c == '/')));
            links.Add((link, up + (random.Next(2) == 0 ? Pick(files) : Pick(folders))));
        }
    }

    private string IgnoreLine()
    {
        switch (random.Next(16))
        {
            case 0: return "";
            case 1: return "# " + AnyPath();
            case 2: return random.Next(2) == 0 ? "*" : "**";
            case 3: return " " + Pattern(AnyPath()) + " \t";
            case 4: return Pick(["**/*.go", "*.md", "*/temp*", "*/*/temp*", "temp?", "**/a", ".*", "**/.*", "a**", "**b", "src/**", "lib/**/*.go", "**/b/**", "*.*", "[a-c]*", "[^a-c]*", "lib/[x-z].go", "a\\ b", ".", "/"]);
        }

        var pattern = Pattern(AnyPath());
        pattern = random.Next(12) switch
        {
            0 => "/" + pattern,
            1 => pattern + "/",
            2 => "./" + pattern,
            3 => "**/" + pattern,
            4 => pattern + "/**",
            5 => pattern + "/*",
            6 => "docs/../" + pattern,
            7 => pattern.Replace("/", "//", StringComparison.Ordinal),
            _ => pattern,
        };
        return random.Next(3) == 0 ? "!" + pattern.Replace("docs/../", "", StringComparison.Ordinal) : pattern;
    }

    private string AnyPath() => random.Next(3) switch
    {
        0 => Pick(folders),
        1 => links.Count > 0 && random.Next(4) == 0 ? Pick(links).Path : Pick(files),
        _ => Pick(files),
    };

    /// <summary>A path with some of its segments made wild.</summary>
    private string Pattern(string path)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = Wild(segments[i]);
        }

        return string.Join('/', segments);
    }

    private string Wild(string name)
    {
        var at = random.Next(name.Length);
        return random.Next(14) switch
        {
            0 => "*",
            1 => name[..at] + "*",
            2 => "*" + name[at..],
            3 => $"{name[..at]}?{name[(at + 1)..]}",
            4 => $"{name[..at]}[{name[at]}-{name[at]}]{name[(at + 1)..]}",
            5 => $"{name[..at]}[^{(random.Next(2) == 0 ? "z" : name[at])}]{name[(at + 1)..]}",
            6 => $"{name[..at]}[a-m]{name[(at + 1)..]}",
            _ => name,
        };
    }

    private IEnumerable<string> MakeInstructions()
    {
        yield return "FROM scratch AS first";
        if (random.Next(3) == 0)
        {
            yield return Pick(["WORKDIR /w", "WORKDIR /w/x", "ENV WHERE=/env", "ARG WHERE=arg"]);
        }

        for (var i = random.Next(1, 5); i > 0; i--)
        {
            yield return Copy(i, "");
        }

        if (random.Next(4) == 0)
        {
            yield return "FROM scratch";
            yield return Copy(9, random.Next(2) == 0 ? "--from=first " : "--from=0 ");
            yield return "COPY --from=first / /all";
        }
    }

    private string Copy(int number, string flags)
    {
        var sources = Enumerable.Range(0, random.Next(4) == 0 ? random.Next(2, 4) : 1).Select(_ => Source()).ToList();
        var destination = random.Next(8) switch
        {
            0 => ".",
            1 => "./",
            2 => $"o{number}/",
            3 => $"/deep/er/o{number}/",
            4 when sources.Count == 1 => $"/o{number}",
            5 when sources.Count == 1 => $"o{number}",
            6 => "${WHERE:-/none}/",
            _ => $"/o{number}/",
        };
        var words = sources.Append(destination).ToList();
        flags += random.Next(10) switch { 0 => "--chmod=0600 ", 1 => "--chown=1:2 ", _ => "" };
        var keyword = flags.Length == 0 && random.Next(6) == 0 ? "ADD" : "COPY";
        return words.Any(word => word.Contains(' ', StringComparison.Ordinal)) || random.Next(8) == 0
            ? $"{keyword} {flags}[{string.Join(", ", words.Select(word => $"\"{word}\""))}]"
            : $"{keyword} {flags}{string.Join(' ', words)}";
    }

    private string Source()
    {
        // A pattern that hits nothing shows little; one in some is enough.
        var path = SourcePattern();
        for (var tries = random.Next(4); tries > 0 && !Hits(path); tries--)
        {
            path = SourcePattern();
        }

        return random.Next(10) switch
        {
            0 => "/" + path,
            1 => "./" + path,
            2 => path + "/",
            3 => "docs/../" + path,
            4 => path + "/.",
            _ => path,
        };
    }

    private string SourcePattern() => random.Next(5) switch
    {
        0 => Pick([".", "./", "/", "*", "*/*", "*.go", "**", "?", ".*", "[a-c]*", "a*", "*/a"]),
        1 => Pattern(AnyPath()),
        _ => AnyPath(),
    };

    private bool Hits(string source)
    {
        var segments = source.Split('/');
        // Two such hyphens in brackets are no pattern, which is worth a try as well.
        return !PathPattern.HasWildcards(source) || source.Contains("[-", StringComparison.Ordinal) || source.Contains("[^-", StringComparison.Ordinal) || folders.Concat(files).Any(path => path.Split('/') is var names && names.Length == segments.Length
            && names.Zip(segments).All(pair => PathPattern.HasWildcards(pair.Second) ? PathPattern.Parse(pair.Second).IsMatch(pair.First) : pair.First == pair.Second));
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
