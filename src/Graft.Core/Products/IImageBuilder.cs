using Graft.Core.Dockerfiles;
using Graft.Core.Images;

namespace Graft.Core.Products;

/// <summary>Turns an image source into an image on disk. It never pushes.</summary>
public interface IImageBuilder
{
    /// <summary>
    /// Refuses, before anything is done, what this builder cannot carry out in the stages that the source's target needs: an input failure with the
    /// Dockerfile's line. The source's platforms are decided, and its named contexts that are images begin with <c>docker-image://</c>.
    /// </summary>
    void Check(ImageSource source, Dockerfile dockerfile);

    /// <summary>
    /// Sees, without building anything, that the builder is there and has what it takes; what it says of itself. One that is not there or lacks something is an outside failure that
    /// says how to get it.
    /// </summary>
    Task<BuilderReport> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Builds into an OCI image layout that it creates at <see cref="BuildRequest.Output"/>. An instruction that it cannot carry out, or a
    /// file that is missing, is an input failure with the Dockerfile's line; a program that fails is an outside failure.
    /// </summary>
    Task<StoredImage> BuildAsync(BuildRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Removes from the builder's own storage what builds of this <see cref="BuildRequest.Session"/> left there when they were killed, and nothing else. A builder that
    /// cannot be asked is an outside failure.
    /// </summary>
    Task RemoveLeftoversAsync(string session, CancellationToken cancellationToken);
}

/// <summary>What a builder says of itself (<c>buildah 1.28.2</c>), and what of a Dockerfile and of graft.yaml it takes none of.</summary>
public sealed record BuilderReport(string Words, IReadOnlyList<string> Lacks);

/// <summary>Everything that one build needs.</summary>
/// <param name="Source">What to build; its <c>Platforms</c> are decided here: never empty.</param>
/// <param name="Checkout">Absolute path of a clean checkout, the root that the source's paths are relative to.</param>
/// <param name="Images">
/// The images that FROM, COPY --from and named contexts mean, already resolved: the reference's text after substitution (or the context's name) -> image.
/// </param>
/// <param name="Output">Absolute path of a folder that does not exist yet; the image is left there as an OCI image layout.</param>
/// <param name="Log">Takes a line of output at a time.</param>
public sealed record BuildRequest(
    ImageSource Source,
    string Checkout,
    IReadOnlyDictionary<string, StoredImage> Images,
    string Output,
    IProgress<string> Log)
{
    /// <summary>When the commit was made: the time that a builder gives to what it makes, so that it depends on the commit alone.</summary>
    public DateTimeOffset CommittedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>What the names are made of that images have for a while in a builder's own storage; the run's name, so that nobody else uses them.</summary>
    public string Session { get; init; } = "build";

    /// <summary>What <c>RUN --mount=type=secret</c> may read.</summary>
    public IReadOnlyList<BuildSecret> Secrets { get; init; } = [];
}

/// <summary>A secret by its id: the environment variable that holds it, or else the absolute path of the file that does. Never its value.</summary>
public sealed record BuildSecret(string Id, string? Variable, string? File);
