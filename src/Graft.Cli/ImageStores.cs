using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Images;

namespace Graft.Cli;

/// <summary>Which store an image lives in, and what that store says of it.</summary>
internal sealed class ImageStores(IImageStore? own, string registry)
{
    /// <summary>Where images with a source live; an input failure when this version cannot reach it.</summary>
    public IImageStore Own => own ?? throw GraftException.Input(
        $"graft.yaml: `registry: {registry}` is not spoken to by this version of graft",
        "use an image layout: `registry: layout:FOLDER`");

    /// <summary>
    /// Asks about a reference. An image with a source is asked of the product's own store; where that knows only what was put into it, only a
    /// changed reference can be missing.
    /// </summary>
    public async Task<ReferenceState> LookUpAsync(ImageReference reference, bool hasSource, bool isChanged, CancellationToken cancellationToken)
    {
        if (!hasSource || own is null)
        {
            return new ReferenceState(reference, ReferenceAnswer.Unknown, null, "this version of graft asks no registry");
        }

        var image = await own.FindAsync(reference, cancellationToken);
        return image is not null ? new ReferenceState(reference, ReferenceAnswer.Found, image)
            : own.KnowsAbsence || isChanged ? new ReferenceState(reference, ReferenceAnswer.Missing)
            : new ReferenceState(reference, ReferenceAnswer.Unknown, null, $"not in '{registry}', which knows only what was put into it");
    }
}
