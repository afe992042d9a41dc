using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Programs;

/// <summary>One platform of an image that a build stands on, under the name that it is lent to the builder by.</summary>
internal sealed record LentBase(string Name, string Text, Descriptor Manifest, StoredImage Image);

/// <summary>
/// The images of one build, as its Dockerfile names them and as the builder does. What the builder says or writes of its names is put back to those of
/// the Dockerfile.
/// </summary>
internal sealed class LentBases(IReadOnlyDictionary<string, StoredImage> images, Func<Digest, string> nameOf)
{
    private readonly Dictionary<string, LentBase> lent = new(StringComparer.Ordinal);

    public IReadOnlyCollection<LentBase> All => lent.Values;

    /// <summary>The builder's name for an input of a stage; null for a named context that is a folder. An image that was not resolved is an input failure.</summary>
    public string? NameOf(ResolvedStage stage, StageInput input, Platform target)
    {
        if (!images.TryGetValue(input.Text, out var image))
        {
            return input.Kind == StageInputKind.Context
                ? null
                : throw input.Instruction.Location.Error($"the image '{input.Text}' was not resolved before the build");
        }

        var platform = stage.Platform is null ? target
            : Platform.TryParse(stage.Platform, out var own) ? own
            : throw stage.Stage.From.Location.Error($"'{stage.Platform}' is not a platform", "a platform is `linux/amd64` or `linux/arm64/v8`");
        Descriptor manifest;
        try
        {
            manifest = PlatformChoice.Choose(input.Text, image, platform);
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input)
        {
            throw input.Instruction.Location.Error(refused.Message, refused.Hint);
        }

        var name = nameOf(manifest.Digest);
        lent.TryAdd(name, new LentBase(name, input.Text, manifest, image));
        return name;
    }

    /// <summary>The text with the Dockerfile's names in place of the builder's.</summary>
    public string Restore(string text) => lent.Values.Aggregate(text, (restored, one) => restored.Replace(one.Name, one.Text, StringComparison.Ordinal));
}
