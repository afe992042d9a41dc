using System.Text.RegularExpressions;

namespace Graft.Core.Products.Discovery;

/// <summary>Finds in the commands of a RUN which files of the context they need: paths that they name, and what their tools read.</summary>
internal static partial class ShellClues
{
    // A tool, the words after it that make it read a file of the working folder, and the file by its names.
    private static readonly (string Tool, string[] Words, string[] Files)[] Tools =
    [
        ("make", [], ["Makefile", "makefile", "GNUmakefile"]),
        ("go", ["build", "test", "mod", "vet", "generate", "run"], ["go.mod"]),
        ("npm", ["ci", "run", "test"], ["package.json"]),
        ("yarn", ["build", "run", "--frozen-lockfile"], ["package.json"]),
        ("pnpm", ["install", "run", "build", "--frozen-lockfile"], ["package.json"]),
        ("cargo", ["build", "test", "fetch", "chef"], ["Cargo.toml"]),
        ("mvn", [], ["pom.xml"]),
        ("gradle", [], ["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"]),
        ("bundle", ["install"], ["Gemfile"]),
        ("composer", ["install"], ["composer.json"]),
        ("poetry", ["install", "build"], ["pyproject.toml"]),
        ("uv", ["sync", "build"], ["pyproject.toml", "uv.lock"]),
        ("dotnet", ["restore", "build", "publish"], ["*.csproj", "*.fsproj", "*.sln", "*.slnx"]),
    ];

    public static IEnumerable<ContextClue> Find(string text, StagePlace place)
    {
        foreach (var words in Commands().Split(text).Select(command => Word().Matches(command).Select(match => match.Value).SkipWhile(IsSetting).ToList()))
        {
            foreach (var clue in OfTool(words, place).Concat(OfPaths(words, place)))
            {
                yield return clue;
            }

            if (words is ["cd", var folder, ..])
            {
                place = place with { Folder = Dockerfiles.UnixPath.Resolve(place.Folder, folder) };
            }
        }
    }

    private static IEnumerable<ContextClue> OfTool(List<string> words, StagePlace place) => Tools
        // With `-C` it reads another folder's, which is a path like any other.
        .Where(tool => words.FirstOrDefault() == tool.Tool && !words.Contains("-C", StringComparer.Ordinal) && (tool.Words.Length == 0 || tool.Words.Contains(words.ElementAtOrDefault(1), StringComparer.Ordinal)))
        .Select(tool => tool.Files.Select(place.InContext).OfType<string>().ToList())
        .Where(files => files.Count > 0)
        .Select(files => new ContextClue(files, false));

    private static IEnumerable<ContextClue> OfPaths(List<string> words, StagePlace place) => words
        .Where((word, index) => index == 0 ? IsPath(word) : IsFolder(words[index - 1]) || (IsPath(word) && !IsOutput(words[index - 1])))
        .Select(word => place.InContext(word.EndsWith("/...", StringComparison.Ordinal) ? word[..^4] : word))
        .Where(path => path is not (null or "."))
        .Select(path => new ContextClue([path!], false));

    // Of a word without a slash nobody can tell whether it is a file.
    private static bool IsPath(string word) => word.Contains('/', StringComparison.Ordinal) && !word.StartsWith('-') && !word.Split('/').Contains("..", StringComparer.Ordinal);

    private static bool IsFolder(string before) => before is "cd" or "-C" or "--prefix" or "--cwd";

    private static bool IsOutput(string word) => word is "-o" or "--output" or "--out" or "mkdir" or "-p";

    private static bool IsSetting(string word) => word.Contains('=', StringComparison.Ordinal) || word is "sudo" or "exec" or "time" or "env";

    [GeneratedRegex(@"[\n;()]|&&|\|\|?", RegexOptions.CultureInvariant)]
    private static partial Regex Commands();

    [GeneratedRegex(@"[^\s'""`<>{}$,:]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
