using System.Globalization;
using Graft.Core.Failures;

namespace Graft.Core.Dockerfiles;

/// <summary>Where FROM, COPY --from or RUN --mount takes its files.</summary>
public enum StageInputKind
{
    /// <summary>Nothing: the empty image.</summary>
    Scratch,

    /// <summary>Another stage of the Dockerfile.</summary>
    Stage,

    /// <summary>A named build context.</summary>
    Context,

    /// <summary>An image.</summary>
    Image,
}

/// <summary>
/// One thing that a stage takes files from. <c>Text</c> is the reference after substitution, the context's name, or the stage's;
/// <c>Stage</c> the index of the stage, or -1.
/// </summary>
public sealed record StageInput(StageInputKind Kind, string Text, int Stage, Instruction Instruction);

/// <summary>A stage with what it is made from: its base, its base's platform where FROM says one, and its further inputs in file order.</summary>
public sealed record ResolvedStage(Stage Stage, StageInput Base, string? Platform, IReadOnlyList<StageInput> Inputs)
{
    /// <summary>The input that an instruction's <c>--from</c> means, or null where it has none.</summary>
    public StageInput? FindInput(Instruction instruction) => Inputs.FirstOrDefault(input => ReferenceEquals(input.Instruction, instruction));
}

/// <summary>Which stages a target needs, and what each is made from.</summary>
public sealed class StageGraph
{
    private readonly Dockerfile dockerfile;
    private readonly BuildVariables variables;
    private readonly HashSet<string> contexts;
    private readonly Dictionary<int, ResolvedStage> resolved = [];
    private readonly List<ResolvedStage> order = [];
    private readonly HashSet<int> open = [];

    private StageGraph(Dockerfile dockerfile, BuildVariables variables, IEnumerable<string> contexts)
    {
        this.dockerfile = dockerfile;
        this.variables = variables;
        this.contexts = new HashSet<string>(contexts, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The stages that the target needs, each after those that it needs itself; the target is the last.</summary>
    public IReadOnlyList<ResolvedStage> Stages => order;

    /// <summary>
    /// Resolves the stages of a target (a name in any letter case, or an index; null for the last stage). A named context stands before a stage of
    /// the same name. A target that is not there, a variable without a value or a circle is an input failure.
    /// </summary>
    public static StageGraph Resolve(Dockerfile dockerfile, string? target, BuildVariables variables, IEnumerable<string> contexts)
    {
        var graph = new StageGraph(dockerfile, variables, contexts);
        var last = dockerfile.Stages[^1];
        var stage = target is null ? last : graph.FindStage(target, dockerfile.Stages.Count);
        if (stage is null)
        {
            var names = dockerfile.Stages.Select(stage => stage.Name).OfType<string>().ToList();
            throw GraftException.Input(
                $"'{target}' is not a stage of '{dockerfile.File}'",
                Nearest.To(target!, names) is { } near ? $"did you mean `{near}`?" : names.Count > 0 ? $"it has {string.Join(", ", names.Select(name => $"`{name}`"))}" : "its stages have no names");
        }

        graph.Visit(stage);
        return graph;
    }

    private void Visit(Stage stage)
    {
        if (resolved.ContainsKey(stage.Index))
        {
            return;
        }

        if (!open.Add(stage.Index))
        {
            throw stage.From.Location.Error($"the stage '{stage.Name ?? stage.Index.ToString(CultureInfo.InvariantCulture)}' needs itself");
        }

        var platform = stage.From.FindFlag("platform") is { } flag ? variables.ExpandFrom(flag, stage.From.Location) : null;
        // FROM sees the stages above it only; `--from` sees them all.
        var origin = InputOf(variables.ExpandFrom(stage.Base, stage.From.Location), stage.From, stage.Index, indexes: false);
        var inputs = stage.Instructions.SelectMany(instruction => FromsOf(instruction).Select(from => InputOf(from, instruction, dockerfile.Stages.Count, indexes: true))).ToList();
        foreach (var input in inputs.Prepend(origin).Where(input => input.Kind == StageInputKind.Stage))
        {
            Visit(dockerfile.Stages[input.Stage]);
        }

        open.Remove(stage.Index);
        order.Add(resolved[stage.Index] = new ResolvedStage(stage, origin, platform, inputs));
    }

    private static IEnumerable<string> FromsOf(Instruction instruction)
    {
        var froms = instruction.Keyword switch
        {
            "COPY" or "ADD" => instruction.Flags.Where(flag => flag.Name == "from").Select(flag => flag.Value),
            "RUN" => instruction.Flags.Where(flag => flag.Name == "mount").Select(flag => MountFrom(flag.Value ?? "")),
            _ => [],
        };
        foreach (var from in froms.OfType<string>().Where(from => from.Length > 0))
        {
            yield return from.Contains('$', StringComparison.Ordinal)
                ? throw instruction.Location.Error($"'{from}': no variable is substituted in --from", "name a stage with `FROM ${…} AS NAME` and copy from that")
                : from;
        }
    }

    private static string? MountFrom(string mount) => mount.Split(',')
        .Where(part => part.StartsWith("from=", StringComparison.OrdinalIgnoreCase)).Select(part => part[5..]).LastOrDefault();

    private StageInput InputOf(string text, Instruction instruction, int before, bool indexes)
    {
        if (contexts.TryGetValue(text, out var context))
        {
            return new StageInput(StageInputKind.Context, context, -1, instruction);
        }

        var stage = indexes || !text.All(char.IsAsciiDigit) ? FindStage(text, before) : null;
        if (stage is not null)
        {
            return new StageInput(StageInputKind.Stage, text, stage.Index, instruction);
        }

        if (instruction.Keyword == "COPY" && text.All(char.IsAsciiDigit))
        {
            throw instruction.Location.Error($"there is no stage '{text}'", $"the stages are numbered from 0 to {dockerfile.Stages.Count - 1}");
        }

        return new StageInput(text == "scratch" ? StageInputKind.Scratch : StageInputKind.Image, text, -1, instruction);
    }

    private Stage? FindStage(string text, int before) =>
        dockerfile.Stages.LastOrDefault(stage => stage.Index < before && string.Equals(stage.Name, text, StringComparison.OrdinalIgnoreCase))
        ?? (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? dockerfile.Stages.FirstOrDefault(stage => stage.Index == index && index < before) : null);
}
