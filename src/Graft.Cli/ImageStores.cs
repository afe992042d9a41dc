using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli;

/// <summary>
/// Which store an image lives in, and what that store says of it: images with a source in the product's own, all others in the registry that
/// their name says. Offline, no registry is asked.
/// </summary>
internal sealed class ImageStores(string registry, IImageStore own, IImageStore others, bool isOffline)
{
    private const string Offline = "`--offline` asks no registry";

    /// <summary>Where images with a source live.</summary>
    public IImageStore Own => own;

    /// <summary>The registry of the product's own images, as graft.yaml says it; null where they are in a layout.</summary>
    public string? OwnRegistry => own.KnowsAbsence ? registry : null;

    /// <summary>Where all other images live.</summary>
    public IImageStore Others => others;

    /// <summary>Whether no registry may be asked.</summary>
    public bool IsOffline => isOffline;

    /// <summary>Whether the product's own store may be asked. A layout always may.</summary>
    public bool AsksOwn => !isOffline || !own.KnowsAbsence;

    /// <summary>
    /// Asks about a reference. A store that knows only what was put into it can miss only what must be there. Of one that still is what the lock
    /// says, no more is asked: registries count the images that one looks into.
    /// </summary>
    public async Task<ReferenceState> LookUpAsync(ReferenceQuestion question, CancellationToken cancellationToken)
    {
        var reference = question.Reference;
        var store = question.HasSource ? own : others;
        if (isOffline && store.KnowsAbsence)
        {
            return new ReferenceState(reference, ReferenceAnswer.Unknown, null, Offline);
        }

        try
        {
            if (question.Locked is { } locked && store.KnowsAbsence && (await store.ResolveAsync(reference, cancellationToken))?.Digest == locked.Digest)
            {
                return await FindLostAsync(store, reference, locked, cancellationToken) is { } lost
                    ? new ReferenceState(reference, ReferenceAnswer.Missing, null, $"its image for {lost} does not exist")
                    : new ReferenceState(reference, ReferenceAnswer.Found);
            }

            if (await store.FindAsync(reference, cancellationToken) is not { } image)
            {
                return store.KnowsAbsence || question.MustBeThere
                    ? new ReferenceState(reference, ReferenceAnswer.Missing)
                    : new ReferenceState(reference, ReferenceAnswer.Unknown, null, $"not in '{registry}', which knows only what was put into it");
            }

            await question.Check.RunAsync(store.KnowsAbsence ? reference.Name.Registry : registry, image, cancellationToken);
            return new ReferenceState(reference, ReferenceAnswer.Found, image);
        }
        catch (ContentException exception)
        {
            return new ReferenceState(reference, exception.Fault == ContentFault.Missing ? ReferenceAnswer.Missing : ReferenceAnswer.Broken, null, exception.Message);
        }
        // One image that cannot be read keeps nobody from learning of the others.
        catch (GraftException exception) when (exception.Kind is FailureKind.Outside or FailureKind.Input && store.KnowsAbsence)
        {
            return new ReferenceState(reference, ReferenceAnswer.Unknown, null, exception.Message, exception.Hint);
        }
    }

    // The platform of a locked index whose image is gone, or null. By digest, and without reading: what has its digest has its content.
    private static async Task<Platform?> FindLostAsync(IImageStore store, ImageReference reference, LockedReference locked, CancellationToken cancellationToken)
    {
        var looks = await Task.WhenAll(locked.Platforms.Where(pair => pair.Value != locked.Digest).Select(async pair =>
            (Platform: pair.Key, IsThere: await store.ResolveAsync(reference with { Version = ImageVersion.Parse($"@{pair.Value}") }, cancellationToken) is not null)));
        return looks.FirstOrDefault(look => !look.IsThere).Platform;
    }

    /// <summary>The tags that an image has where it lives, in no order that matters; or none, and why they cannot be listed, with what to do about it.</summary>
    public async Task<TagListing> ListTagsAsync(ImageName name, bool hasSource, CancellationToken cancellationToken)
    {
        var store = hasSource ? own : others;
        if (isOffline && store.KnowsAbsence)
        {
            return new TagListing([], Offline);
        }

        try
        {
            return new TagListing(await store.ListTagsAsync(name, cancellationToken), null);
        }
        catch (GraftException exception) when (exception.Kind is FailureKind.Outside or FailureKind.Input)
        {
            return new TagListing([], exception.Hint is null ? exception.Message : $"{exception.Message} ({exception.Hint})");
        }
    }

    /// <summary>
    /// An image that a build stands on: one of the product from its own store; any other from there too if a layout has it, else from its
    /// registry. Null when it is not to be found, or not to be asked for.
    /// </summary>
    public async Task<StoredImage?> FindBaseAsync(ImageReference reference, bool hasSource, CancellationToken cancellationToken)
    {
        if (hasSource || !own.KnowsAbsence)
        {
            var here = AsksOwn ? await own.FindAsync(reference, cancellationToken) : null;
            if (here is not null || hasSource)
            {
                return here;
            }
        }

        return isOffline ? null : await others.FindAsync(reference, cancellationToken);
    }

    /// <summary>Where an image that a build stands on was looked for, for people.</summary>
    public string PlacesOf(ImageReference reference, bool hasSource)
    {
        var home = reference.Name.Registry;
        return hasSource ? $"'{registry}'"
            : own.KnowsAbsence ? $"'{home}'"
            : isOffline ? $"'{registry}', and {Offline}"
            : $"'{registry}' nor in '{home}'";
    }
}
