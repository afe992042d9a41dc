using Graft.Core.Failures;

namespace Graft.Core.Dockerfiles;

/// <summary>
/// A Dockerfile whose FROM lines and <c>from</c> flags name what Graft resolved in place of what the author wrote. Lines stay where they are, so that
/// a builder's messages point at the right ones.
/// </summary>
public static class PinnedDockerfile
{
    /// <summary>Rewrites the stages of a graph.</summary>
    /// <param name="text">The file's text, that <paramref name="dockerfile"/> was read from.</param>
    /// <param name="dockerfile">The file as read.</param>
    /// <param name="graph">The stages that the target needs; others stay as they are.</param>
    /// <param name="nameOf">What stands for an image or a named context in a stage; null leaves it as it is.</param>
    /// <returns>The text without a byte order mark. A name that is written in pieces, over several lines or with escapes, is an input failure at its place.</returns>
    public static string Write(string text, Dockerfile dockerfile, StageGraph graph, Func<ResolvedStage, StageInput, string?> nameOf)
    {
        var page = new DockerfilePage(text.TrimStart('\uFEFF'), dockerfile);
        foreach (var stage in graph.Stages)
        {
            Replace(page, stage.Base, NewName(stage.Base), []);
            foreach (var inputs in stage.Inputs.GroupBy(input => input.Instruction, ReferenceEqualityComparer.Instance))
            {
                // The inputs of one RUN are those of its mounts that name a source, in their order.
                var mounts = new Queue<string>(inputs.First().Instruction.Flags.Where(flag => flag.Name == "mount" && SourceOf(flag.Value!).Length > 0).Select(flag => flag.Value!));
                foreach (var input in inputs)
                {
                    Replace(page, input, NewName(input), mounts);
                }
            }

            string? NewName(StageInput input) => input.Kind is StageInputKind.Image or StageInputKind.Context ? nameOf(stage, input) : null;
        }

        return page.Finish();
    }

    /// <summary>The <c>from</c> of a mount, or an empty text.</summary>
    internal static string SourceOf(string mount) => mount.Split(',').LastOrDefault(IsSource)?[5..] ?? "";

    private static bool IsSource(string part) => part.StartsWith("from=", StringComparison.OrdinalIgnoreCase);

    private static void Replace(DockerfilePage page, StageInput input, string? name, Queue<string> mounts)
    {
        var keyword = input.Instruction.Keyword;
        var mount = keyword == "RUN" ? mounts.Dequeue() : "";
        if (name is null)
        {
            return;
        }

        var (old, pinned) = keyword switch
        {
            "FROM" => (input.Instruction.Arguments[0], name),
            "RUN" => ($"--mount={mount}", $"--mount={string.Join(',', mount.Split(',').Select(part => IsSource(part) ? $"from={name}" : part))}"),
            _ => ($"--from={input.Instruction.FindFlag("from")}", $"--from={name}"),
        };
        page.Replace(input.Instruction, old, pinned, name);
    }
}

/// <summary>The text of a Dockerfile with pieces of its instructions replaced.</summary>
internal sealed class DockerfilePage(string text, Dockerfile dockerfile)
{
    private readonly List<int> lineStarts = [0, .. Enumerable.Range(0, text.Length).Where(at => text[at] == '\n').Select(at => at + 1)];
    private readonly List<Instruction> instructions = All(dockerfile);
    private readonly SortedDictionary<int, (int Length, string New)> edits = [];
    private readonly List<(Instruction Instruction, string Old, string Name)> expected = [];

    /// <summary>Replaces the first piece of an instruction that is this and is not replaced yet.</summary>
    public void Replace(Instruction instruction, string old, string with, string name)
    {
        var end = instructions.SkipWhile(other => other != instruction).Skip(1).Select(OffsetOf).FirstOrDefault(text.Length);
        var at = OffsetOf(instruction) + instruction.Keyword.Length;
        while ((at = text.IndexOf(old, at, end - at, StringComparison.Ordinal)) >= 0 && (!IsEdge(at - 1) || !IsEdge(at + old.Length) || edits.ContainsKey(at)))
        {
            at++;
        }

        if (at < 0)
        {
            throw Scattered(instruction, old);
        }

        edits.Add(at, (old.Length, with));
        expected.Add((instruction, old, name));
    }

    /// <summary>The new text. It is read once more: what was replaced may have stood in a comment between two lines of an instruction.</summary>
    public string Finish()
    {
        var result = new System.Text.StringBuilder();
        var done = 0;
        foreach (var (offset, edit) in edits)
        {
            result.Append(text, done, offset - done).Append(edit.New);
            done = offset + edit.Length;
        }

        var written = result.Append(text, done, text.Length - done).ToString();
        var reread = All(Dockerfile.Parse(written, dockerfile.File));
        foreach (var (instruction, old, name) in expected)
        {
            if (!NamesOf(reread[instructions.IndexOf(instruction)]).Contains(name, StringComparer.Ordinal))
            {
                throw Scattered(instruction, old);
            }
        }

        return written;
    }

    private static List<Instruction> All(Dockerfile dockerfile) => [.. dockerfile.Stages.SelectMany(stage => stage.Instructions.Prepend(stage.From))];

    private static IEnumerable<string> NamesOf(Instruction instruction) => instruction.Keyword switch
    {
        "FROM" => [instruction.Arguments[0]],
        "RUN" => instruction.Flags.Where(flag => flag.Name == "mount").Select(flag => PinnedDockerfile.SourceOf(flag.Value!)),
        _ => [instruction.FindFlag("from") ?? ""],
    };

    private static GraftException Scattered(Instruction instruction, string old) => instruction.Location.Error(
        $"'{old}' cannot be replaced by the image that it stands for: it is not written in one piece",
        "write it on the instruction's first line, without quotes and escapes");

    private int OffsetOf(Instruction instruction) => lineStarts[instruction.Location.Line - 1] + instruction.Location.Column - 1;

    private bool IsEdge(int at) => at >= text.Length || char.IsWhiteSpace(text[at]) || text[at] == dockerfile.Escape;
}
