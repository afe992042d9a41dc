using System.Text;
using CsCheck;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Core.Tests.Dockerfiles;

/// <summary>
/// Mangled Dockerfiles and ignore files: read, or refused with a place. No input is so long, and no step so dear, that a run could take longer than
/// its length squared, so that one which hangs is seen at once.
/// </summary>
public sealed class DockerfileFuzzTests
{
    private static readonly string[] Texts = [.. TrickyCase.All.Select(tricky => tricky.Text)];

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\r", " ", "\t", "\v", "\f", "\\", "\\\n", "`", "`\n", "#", "\n#", "# escape=`\n", "# syntax=x\n", "FROM ", "FROM scratch\n", "AS x", "COPY ", "RUN ", "ONBUILD ", "ENV ",
        "ARG ", "<<EOF", "<<-'E'", "<< ", "\nEOF\n", "--from=", "--from=0 ", "--mount=type=bind,from=", "--", "[\"", "\"]", "[", "]", "\"", "'", "$", "${", "}", "${X:-", "${X#", "${X//", "/", "*", "?",
        "\uFEFF", "\0", "\u00A0", "\u2028", "\u0085", "é", "😀", "\uD800", "\\ud800", "999999999999999999999", "=", "==", ":",
    ];

    private static readonly string[] IgnorePieces =
    [
        "*", "**", "?", "[", "]", "[a-z]", "[^a]", "[]", "[-]", "[a-", "\\", "\\*", "/", "//", "./", "../", ".", "!", "!!", " ", "\t", "#", "\n", "\r\n", "a", "b", "ab", ".x", "é", "😀", "\uD800", "\uFEFF", "\0", "**/", "/**", "**a**",
    ];

    private static readonly Gen<string> Mangled =
        Gen.Select(Generators.AnyOf(Texts), Gen.Select(Gen.Int[0, 10_000], Generators.AnyOf(Pieces), Gen.Int[0, 12]).List[1, 5])
            .Select((text, changes) => changes.Aggregate(text, Mangle));

    private static readonly Gen<string> Ignores = Generators.AnyOf(IgnorePieces).List[0, 24].Select(string.Concat);

    private static readonly Gen<string> Paths = Generators.AnyOf(["a", "b", "ab", ".x", "é", "😀", "*", "[", "a b", "x.go"]).List[1, 6].Select(names => string.Join('/', names));

    [Fact]
    public void A_dockerfile_is_read_or_refused_with_a_place() => new Fuzz("Dockerfiles", [.. Texts.Select(Encoding.UTF8.GetBytes)], Pieces).Run(bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        try
        {
            var dockerfile = Dockerfile.Parse(text, "D");
            Assert.NotEmpty(dockerfile.Stages);
            Assert.All(dockerfile.Stages.SelectMany(stage => stage.Instructions), instruction => Assert.InRange(instruction.Location.Line, 1, text.Count(c => c == '\n') + 1));
            StageGraph.Resolve(dockerfile, null, new BuildVariables(dockerfile, new Dictionary<string, string> { ["V"] = "1" }, Platform.Default, null), ["base"]);
            return "read";
        }
        catch (GraftException refused)
        {
            Assert.Equal(FailureKind.Input, refused.Kind);
            Assert.StartsWith("D:", refused.Message, StringComparison.Ordinal);
            return refused.Message;
        }
    });

    [Fact]
    public void What_was_read_is_read_the_same_after_a_comment() => Mangled.Sample(text =>
    {
        if (text.StartsWith('#') || text.TrimStart().StartsWith('#') || text.Contains('\uFEFF', StringComparison.Ordinal))
        {
            return;
        }

        // A comment above moves every place by one line and changes nothing else.
        Assert.Equal(Outcome(text, 0), Outcome("# a comment\n" + text, 1));
    }, iter: 2_000);

    [Fact]
    public void An_ignore_file_is_read_or_refused_with_a_place() => Gen.Select(Ignores, Paths).Sample((text, path) =>
    {
        try
        {
            var rules = IgnoreRules.Parse(text, "D");
            var ignored = rules.IsIgnored(path);
            Assert.True(rules.HasExceptions || !ignored || rules.IsIgnored(path + "/below"), "what is below an ignored folder is ignored");
        }
        catch (GraftException refused)
        {
            Assert.Equal(FailureKind.Input, refused.Kind);
            Assert.StartsWith("D:", refused.Message, StringComparison.Ordinal);
        }
    }, iter: 20_000);

    [Fact]
    public void A_source_is_a_pattern_or_refused() => Gen.Select(Ignores, Paths).Sample((text, path) =>
    {
        try
        {
            PathPattern.Parse(text.Replace("/", "", StringComparison.Ordinal)).IsMatch(path);
        }
        catch (FormatException malformed)
        {
            Assert.NotEmpty(malformed.Message);
        }
    }, iter: 20_000);

    [Fact]
    public void Many_wildcards_take_no_longer_than_few()
    {
        var path = new string('a', 2_000);

        Assert.False(IgnoreRules.Parse(string.Concat(Enumerable.Repeat("**a*", 200)) + "b", "D").IsIgnored(path));
        Assert.False(PathPattern.Parse(string.Concat(Enumerable.Repeat("*a", 200)) + "b").IsMatch(path));
    }

    private static string Outcome(string text, int lines)
    {
        try
        {
            var dockerfile = Dockerfile.Parse(text, "D");
            return string.Join('\n', dockerfile.Stages.SelectMany(stage => stage.Instructions.Prepend(stage.From))
                .Select(instruction => $"{instruction.Location.Line - lines}:{instruction.Location.Column} {instruction.Keyword} {string.Join('|', instruction.Arguments)}"));
        }
        catch (GraftException refused)
        {
            return refused.Message.Contains("there is no stage", StringComparison.Ordinal) ? "no stage" : refused.Message[(refused.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        }
    }

    private static string Mangle(string text, (int Place, string Piece, int Length) change)
    {
        var place = change.Place % (text.Length + 1);
        return text.Remove(place, Math.Min(change.Length, text.Length - place)).Insert(place, change.Piece);
    }
}
