using Graft.Core.Dockerfiles;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>Reads what the stages that a target needs take, for one platform.</summary>
internal sealed class PlatformReader(SourceReader sources, ImageSource source, Dockerfile dockerfile, Platform platform)
{
    private static readonly Dictionary<string, string?> Nothing = [];
    private readonly BuildVariables variables = new(dockerfile, source.Args, platform, source.Target);
    private readonly Dictionary<int, (IReadOnlyDictionary<string, string?> Environment, IReadOnlyList<Instruction> Triggers)> done = [];
    private readonly List<ContextUse> contexts = [];
    private readonly List<ImageUse> images = [];

    public SourceReading Read()
    {
        var graph = StageGraph.Resolve(dockerfile, source.Target, variables, source.Contexts.Keys);
        foreach (var stage in graph.Stages)
        {
            ReadStage(stage);
        }

        var (environment, triggers) = done[graph.Stages[^1].Stage.Index];
        return new SourceReading(contexts, images, environment, triggers);
    }

    private void ReadStage(ResolvedStage stage)
    {
        var from = stage.Stage.From;
        var meaning = MeaningOf(stage.Base);
        Note(meaning, from);
        if (meaning.Folder is { } folder)
        {
            contexts.Add(new ContextUse(folder, null, null, from.Location.Line, $"`{from.Text}` takes the whole of it"));
        }

        var parent = meaning.Image is { } image ? sources.ReadBase(image) : null;
        var (environment, triggers) = stage.Base.Kind == StageInputKind.Stage ? done[stage.Base.Stage] : (parent?.Environment ?? Nothing, parent?.Triggers ?? []);
        foreach (var trigger in triggers)
        {
            Defer(trigger, stage, from);
        }

        var scope = new StageScope(variables, dockerfile.Escape, source.Args, environment);
        foreach (var instruction in stage.Stage.Instructions)
        {
            scope.Take(instruction);
            if (instruction.Keyword is "COPY" or "ADD")
            {
                new CopyReader(instruction, scope, contexts).Read(stage.FindInput(instruction) is { } input ? Note(MeaningOf(input), instruction) : Meaning.OwnContext);
            }
            else if (instruction.Keyword == "RUN")
            {
                ReadMounts(instruction, stage, scope);
            }
        }

        done[stage.Stage.Index] = (scope.Environment, [.. stage.Stage.Instructions.Select(instruction => instruction.Trigger).OfType<Instruction>()]);
    }

    // What ONBUILD deferred runs in the stage made from it, before that stage's own lines.
    private void Defer(Instruction trigger, ResolvedStage stage, Instruction from)
    {
        var froms = trigger.Keyword == "RUN"
            ? trigger.Flags.Where(flag => flag.Name == "mount").Select(flag => MountOptions.Parse(flag.Value ?? "")).Where(mount => mount.ShowsFiles).Select(mount => mount.From)
            : trigger.Keyword is "COPY" or "ADD" ? [trigger.FindFlag("from")] : [];
        foreach (var text in froms)
        {
            if (text is null)
            {
                contexts.Add(new ContextUse(null, null, null, from.Location.Line, $"'{stage.Base.Text}' has `ONBUILD {trigger.Text}`, which takes files of the context"));
            }
            else if (source.Contexts.FirstOrDefault(pair => pair.Key.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Value: { } value })
            {
                var meaning = Note(MeaningOf(value, isContext: true), from);
                contexts.AddRange(meaning.Folder is { } folder ? [new ContextUse(folder, null, null, from.Location.Line, $"'{stage.Base.Text}' has `ONBUILD {trigger.Text}`")] : []);
            }
            else
            {
                Note(MeaningOf(text, isContext: false), from);
            }
        }
    }

    private void ReadMounts(Instruction run, ResolvedStage stage, StageScope scope)
    {
        var inputs = new Queue<StageInput>(stage.Inputs.Where(input => ReferenceEquals(input.Instruction, run)));
        foreach (var mount in run.Flags.Where(flag => flag.Name == "mount").Select(flag => MountOptions.Parse(flag.Value ?? "")))
        {
            var meaning = mount.From is not null && inputs.TryDequeue(out var input) ? Note(MeaningOf(input), run) : Meaning.OwnContext;
            if (!mount.ShowsFiles || !meaning.IsFolder)
            {
                continue;
            }

            var (path, unset) = scope.Expand(mount.Source ?? "");
            var part = SourcePath.OfLiteral(unset is null ? path : "");
            contexts.Add(new ContextUse(
                meaning.Folder,
                part.Segments.Count == 0 ? null : part,
                null,
                run.Location.Line,
                unset is not null ? $"'{unset}' has no value in a mount of RUN, so it may mount anything"
                    : part.Segments.Count == 0 ? $"RUN mounts the whole context{(meaning.Name is { } name ? $" '{name}'" : "")}"
                    : $"RUN mounts '{path}'{meaning.OfName}"));
        }
    }

    private Meaning Note(Meaning meaning, Instruction instruction)
    {
        if (meaning.Image is { } image && sources.Builds(image))
        {
            images.Add(new ImageUse(image, instruction.Location.Line, instruction.Keyword == "FROM" ? $"it is FROM '{image}'" : $"{instruction.Keyword} takes files from '{image}'"));
        }

        return meaning;
    }

    private Meaning MeaningOf(StageInput input) => input.Kind switch
    {
        StageInputKind.Image => MeaningOf(input.Text, isContext: false),
        StageInputKind.Context => MeaningOf(source.Contexts[input.Text], isContext: true) with { Name = input.Text },
        _ => Meaning.Elsewhere,
    };

    private Meaning MeaningOf(string text, bool isContext) =>
        isContext && NamedContext.IsFolder(text, sources.Builds) ? new Meaning(null, UnixPath.Clean(text))
        : NamedContext.FindImage(text) is { } image && sources.Builds(image) ? new Meaning(image, null)
        : Meaning.Elsewhere;
}

/// <summary>What a name in a Dockerfile means here: an image of the product, a folder of the repository, the build's own context, or none of these.</summary>
internal sealed record Meaning(ImageName? Image, string? Folder, bool IsFolder = false)
{
    public static Meaning OwnContext { get; } = new(null, null, true);

    public static Meaning Elsewhere { get; } = new(null, null);

    public bool IsFolder { get; } = IsFolder || Folder is not null;

    /// <summary>The name of the named context that it is, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The name as the end of a sentence about a path in it; empty for the build's own context.</summary>
    public string OfName => Name is null ? "" : $" of '{Name}'";
}
