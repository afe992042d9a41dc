using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>Builds a Dockerfile's stages for one platform, and writes the target's manifest.</summary>
internal sealed class PlatformBuild(
    BuildRequest request, StageGraph graph, BuildVariables variables, Platform platform, BuildContexts contexts, BaseImages images, IImageLayoutWriter output)
{
    private readonly ContextSources sources = new(contexts);
    private readonly Dictionary<int, StageImage> built = [];
    private readonly Dictionary<int, IReadOnlyDictionary<string, string>> args = [];

    /// <summary>The manifest, with its platform.</summary>
    public async Task<Descriptor> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in graph.Stages)
        {
            built[stage.Stage.Index] = await BuildAsync(stage, cancellationToken);
        }

        sources.Check();
        return await WriteAsync(built[graph.Stages[^1].Stage.Index], cancellationToken);
    }

    private async Task<StageImage> BuildAsync(ResolvedStage stage, CancellationToken cancellationToken)
    {
        var instructions = stage.Stage.Instructions;
        Say(stage, 1, stage.Stage.From);
        var image = await AtAsync(stage.Stage.From, () => StartAsync(stage, cancellationToken));
        var inherited = stage.Base.Kind == StageInputKind.Stage ? args[stage.Base.Stage] : new Dictionary<string, string>();
        var run = new StageBuild(image, variables, inherited, input => OpenInputAsync(input, stage, cancellationToken), sources, output);
        for (var i = 0; i < instructions.Count; i++)
        {
            Say(stage, i + 2, instructions[i]);
            await AtAsync(instructions[i], async () =>
            {
                await run.RunAsync(instructions[i], stage.FindInput(instructions[i]), cancellationToken);
                return image;
            });
        }

        args[stage.Stage.Index] = run.Args;
        return image;
    }

    /// <summary>Puts the instruction's place before a refusal that came from deeper, where nothing knows of Dockerfiles.</summary>
    private static async Task<StageImage> AtAsync(Instruction instruction, Func<Task<StageImage>> run)
    {
        try
        {
            return await run();
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input && !refused.Message.StartsWith($"{instruction.Location}: ", StringComparison.Ordinal))
        {
            throw instruction.Location.Error(refused.Message, refused.Hint);
        }
    }

    private async Task<StageImage> StartAsync(ResolvedStage stage, CancellationToken cancellationToken)
    {
        var from = stage.Base.Instruction;
        switch (stage.Base.Kind)
        {
            case StageInputKind.Stage:
                return built[stage.Base.Stage].Copy();
            case StageInputKind.Scratch:
                return StageImage.Scratch(PlatformOf(stage));
            default:
                var image = await images.FindAsync(stage.Base.Text, PlatformOf(stage), cancellationToken)
                    ?? throw from.Location.Error(stage.Base.Kind == StageInputKind.Context
                        ? $"the named context '{stage.Base.Text}' is no image, and FROM needs one"
                        : $"the image '{stage.Base.Text}' was not resolved before the build");
                return image.Config.List("OnBuild") is [{ } trigger, ..]
                    ? throw SupportedInstructions.Refuse(from, $"the ONBUILD trigger of '{stage.Base.Text}' ('{trigger}')")
                    : StageImage.On(image);
        }
    }

    /// <summary>The files that <c>--from</c> means.</summary>
    private async Task<CopySource> OpenInputAsync(StageInput input, ResolvedStage stage, CancellationToken cancellationToken)
    {
        if (input.Kind == StageInputKind.Stage)
        {
            return new CopySource($"the stage '{input.Text}'", await built[input.Stage].GetTreeAsync(cancellationToken));
        }

        if (input.Kind == StageInputKind.Scratch)
        {
            return new CopySource("'scratch'", FileTree.Empty());
        }

        if (await images.FindAsync(input.Text, PlatformOf(stage), cancellationToken) is { } image)
        {
            return new CopySource($"the image '{input.Text}'", await image.ReadTreeAsync(cancellationToken));
        }

        if (input.Kind == StageInputKind.Context)
        {
            return sources.Get(input.Text, input.Instruction);
        }

        throw input.Instruction.Location.Error($"the image '{input.Text}' was not resolved before the build");
    }

    private Platform PlatformOf(ResolvedStage stage)
    {
        if (stage.Platform is null)
        {
            return platform;
        }

        return Platform.TryParse(stage.Platform, out var own)
            ? own
            : throw stage.Stage.From.Location.Error($"'{stage.Platform}' is not a platform", "a platform is `linux/amd64` or `linux/arm64/v8`");
    }

    private async Task<Descriptor> WriteAsync(StageImage image, CancellationToken cancellationToken)
    {
        foreach (var (layer, content) in image.BaseLayers)
        {
            await output.AddAsync(layer, content, cancellationToken);
        }

        var json = image.Config.ToJson();
        var config = await output.AddAsync(MediaTypes.OciConfig, (stream, token) => stream.WriteAsync(json, token).AsTask(), cancellationToken);
        var manifest = new ImageManifest(MediaTypes.OciManifest, config, [.. image.Layers]).ToJson();
        var descriptor = await output.AddAsync(MediaTypes.OciManifest, (stream, token) => stream.WriteAsync(manifest, token).AsTask(), cancellationToken);
        return descriptor with { Platform = image.Config.FindPlatform() ?? platform };
    }

    private void Say(ResolvedStage stage, int number, Instruction instruction)
    {
        var place = $"{number}/{stage.Stage.Instructions.Count + 1}";
        var name = graph.Stages.Count > 1 ? (stage.Stage.Name ?? $"stage-{stage.Stage.Index}") + " " : "";
        var where = request.Source.Platforms.Count > 1 ? platform + " " : "";
        request.Log.Report($"[{where}{name}{place}] {instruction.Text}");
    }
}
