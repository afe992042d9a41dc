namespace Graft.Core.Tests.Dockerfiles;

/// <summary>
/// A Dockerfile with its expected reading, of the files in <c>Tricky</c>. A case begins with <c>=== NAME</c>, and the reading with <c>---</c>. The
/// signs <c>⌂</c>, <c>␍</c> and <c>␉</c> stand for a byte order mark, a carriage return and a tab; <c>␄</c> ends a file that has no final line end.
/// What stands in parentheses behind the name asks for the stages that the target needs: <c>all</c> or <c>target=NAME</c>, arguments as
/// <c>NAME=VALUE</c>, named contexts as <c>+NAME</c>.
/// </summary>
/// <remarks>
/// The readings follow the Dockerfile reference and BuildKit's sources (frontend/dockerfile: parser, instructions, shell, dockerfile2llb).
/// </remarks>
internal sealed record TrickyCase(string Name, string Text, string Reading, string? Request)
{
    public static IReadOnlyList<TrickyCase> All { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Dockerfiles", "Tricky"), "*.txt").Order(StringComparer.Ordinal).SelectMany(ReadFile)];

    private static IEnumerable<TrickyCase> ReadFile(string path)
    {
        foreach (var part in ("\n" + File.ReadAllText(path)).Split("\n=== ").Skip(1))
        {
            var title = part[..part.IndexOf('\n', StringComparison.Ordinal)];
            var body = part[title.Length..].Split("\n---\n");
            var open = title.IndexOf(" (", StringComparison.Ordinal);
            var text = body[0].Length == 0 ? "" : body[0][1..] + "\n";
            yield return new TrickyCase(
                $"{Path.GetFileNameWithoutExtension(path)}: {(open < 0 ? title : title[..open])}",
                text.Replace('⌂', '\uFEFF').Replace('␍', '\r').Replace('␉', '\t').Replace("␄\n", "", StringComparison.Ordinal),
                body[1].TrimEnd('\n'),
                open < 0 ? null : title[(open + 2)..^1]);
        }
    }
}
