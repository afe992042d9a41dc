using Graft.Core.Affected;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Products.Discovery;

/// <summary>
/// Finds what a Dockerfile that copies its whole context does with it: where it steps into, what its commands name, what it takes out of the stage. Two
/// folders may well both be copied whole; only in one of them <c>go build ./cmd/api</c> finds something.
/// </summary>
internal sealed class ContextClues
{
    private static readonly ContextClue[] None = [];

    private readonly Dockerfile dockerfile;
    private readonly BuildVariables variables;
    private readonly List<StagePlace> stages = [];
    private readonly List<ContextClue> clues = [];

    private ContextClues(Dockerfile dockerfile)
    {
        this.dockerfile = dockerfile;
        variables = new BuildVariables(dockerfile, new Dictionary<string, string>(), Platform.Default, null);
    }

    /// <summary>The clues; none where nothing is copied whole, or where the Dockerfile cannot be read.</summary>
    public static IReadOnlyList<ContextClue> Find(Dockerfile dockerfile)
    {
        try
        {
            var finder = new ContextClues(dockerfile);
            foreach (var stage in dockerfile.Stages)
            {
                finder.Read(stage);
            }

            return finder.clues;
        }
        catch (Exception failure) when (failure is GraftException { Kind: FailureKind.Input } or FormatException)
        {
            return None;
        }
    }

    private void Read(Stage stage)
    {
        var place = FindStage(stage.Base) is { } parent ? parent with { Name = stage.Name } : new StagePlace(stage.Name, "/", []);
        var scope = new StageScope(variables, dockerfile.Escape, new Dictionary<string, string>(), new Dictionary<string, string?>());
        foreach (var instruction in stage.Instructions)
        {
            scope.Take(instruction);
            switch (instruction.Keyword)
            {
                case "WORKDIR" when Expand(scope, instruction.Arguments[0]) is { } folder:
                    place = place with { Folder = UnixPath.Resolve(place.Folder, folder) };
                    Add(place.InContext("."));
                    break;
                case "COPY" or "ADD" when instruction.FindFlag("from") is { } from:
                    TakeOut(instruction, FindStage(from), scope);
                    break;
                case "COPY" or "ADD" when instruction.Arguments.SkipLast(1).Any(word => UnixPath.Clean(word) is "." or "/") && Expand(scope, instruction.Arguments[^1]) is { } target:
                    place = place with { Copies = [.. place.Copies, UnixPath.Resolve(place.Folder, target)] };
                    break;
                case "RUN":
                    Commands(instruction, place);
                    break;
                default:
                    break;
            }
        }

        stages.Add(place);
    }

    private void Commands(Instruction run, StagePlace place)
    {
        var mounts = run.Flags.Where(flag => flag.Name == "mount").Select(flag => flag.Value ?? "").ToList();
        var whole = mounts.Where(mount => MountOptions.Parse(mount) is { Type: "bind", From: null, Source: null or "" or "." or "./" }).Select(TargetOf).OfType<string>();
        place = place with { Copies = [.. place.Copies, .. whole.Select(target => UnixPath.Resolve(place.Folder, target))] };
        if (place.Copies.Count > 0)
        {
            Add(place.InContext("."));
            var text = string.Join('\n', run.Heredocs.Select(heredoc => heredoc.Content).Prepend(string.Join(' ', run.Arguments)));
            clues.AddRange(ShellClues.Find(text, place));
        }
    }

    private void TakeOut(Instruction copy, StagePlace? from, StageScope scope)
    {
        foreach (var path in copy.Arguments.SkipLast(1).Select(word => Expand(scope, word)).OfType<string>())
        {
            Add(from?.InContext(UnixPath.Resolve("/", path)), isMade: true);
        }
    }

    private void Add(string? path, bool isMade = false)
    {
        if (path is not (null or "."))
        {
            clues.Add(new ContextClue([path], isMade));
        }
    }

    private StagePlace? FindStage(string name) => stages.FindLast(stage => stage.Name?.Equals(name, StringComparison.OrdinalIgnoreCase) == true)
        ?? (int.TryParse(name, out var index) && index < stages.Count ? stages[index] : null);

    private static string? TargetOf(string mount) => mount.Split(',').Select(part => part.Split('=', 2))
        .Where(part => part.Length == 2 && part[0].ToLowerInvariant() is "target" or "dst" or "destination").Select(part => part[1]).LastOrDefault();

    private static string? Expand(StageScope scope, string word) => scope.Expand(word) is { Unset: null, Text: var text } ? text : null;
}

/// <summary>Where a stage stands: its working folder, and the folders that hold a copy of the whole context.</summary>
internal sealed record StagePlace(string? Name, string Folder, IReadOnlyList<string> Copies)
{
    /// <summary>The path within the context that a path of the stage (relative to its working folder) was copied from; null where none was.</summary>
    public string? InContext(string path)
    {
        var full = UnixPath.Resolve(Folder, path);
        // A copy at the root: any path of the machine would be one of the context.
        var copy = Copies.LastOrDefault(copy => full == copy || (copy == "/" ? !path.StartsWith('/') : full.StartsWith(copy + "/", StringComparison.Ordinal)));
        return copy is null ? null : full == copy ? "." : full[(copy.Length == 1 ? 1 : copy.Length + 1)..];
    }
}
