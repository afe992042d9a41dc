using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>
/// Builds images that only copy files and set configuration, in this process. The same files give the same digests on any machine: layers are
/// plain tar archives with sorted entries, owner 0:0, the epoch as every time, and modes taken from the executable bit alone.
/// </summary>
/// <remarks>
/// The epoch rather than the commit's time: with that, each commit would give every image another digest though its content is the same.
/// </remarks>
public sealed class EmbeddedBuilder(IImageLayouts layouts) : IImageBuilder
{
    /// <summary>What to do about an instruction that only another builder carries out.</summary>
    internal const string Others = "docker, buildx, buildah and podman do that: `build: { with: … }` in graft.yaml";

    /// <inheritdoc/>
    public void Check(ImageSource source, Dockerfile dockerfile)
    {
        foreach (var platform in source.Platforms)
        {
            var variables = new BuildVariables(dockerfile, source.Args, platform, source.Target);
            SupportedInstructions.Check(StageGraph.Resolve(dockerfile, source.Target, variables, source.Contexts.Keys));
        }
    }

    /// <summary>Always there.</summary>
    public Task<BuilderReport> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(new BuilderReport("the embedded builder, a part of graft", ["RUN", "secrets"]));

    /// <inheritdoc/>
    public async Task<StoredImage> BuildAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var output = layouts.Create(request.Output);
        try
        {
            var spool = Path.Combine(request.Output, ".spool");
            StoredImage built;
            using (var images = new BaseImages(request.Images, spool))
            {
                built = await BuildAsync(request, output, images, cancellationToken);
            }

            if (Directory.Exists(spool))
            {
                Directory.Delete(spool, recursive: true);
            }

            return built;
        }
        catch
        {
            // Half an image is worse than none: the folder can be made again only when it is not there.
            Directory.Delete(request.Output, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task RemoveLeftoversAsync(string session, CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<StoredImage> BuildAsync(BuildRequest request, IImageLayoutWriter output, BaseImages images, CancellationToken cancellationToken)
    {
        var source = request.Source;
        var checkout = new CheckoutFolder(request.Checkout);
        var path = checkout.FindFile(source.Dockerfile) ?? throw GraftException.Input($"the Dockerfile '{source.Dockerfile}' is not there");
        var dockerfile = Dockerfile.Parse(await File.ReadAllTextAsync(path, cancellationToken), source.Dockerfile);
        var contexts = new BuildContexts(request, checkout);

        var manifests = new List<Descriptor>();
        foreach (var platform in source.Platforms)
        {
            var variables = new BuildVariables(dockerfile, source.Args, platform, source.Target);
            var graph = StageGraph.Resolve(dockerfile, source.Target, variables, source.Contexts.Keys);
            SupportedInstructions.Check(graph);
            // Here, so that what is wrong with the context is not said to be wrong with the line that copies from it.
            _ = contexts.Main;
            var build = new PlatformBuild(request, graph, variables, platform, contexts, images, output);
            manifests.Add(await build.RunAsync(cancellationToken));
        }

        if (manifests is [var only])
        {
            return await output.CompleteAsync(only with { Platform = null }, cancellationToken);
        }

        var index = new ImageIndex(MediaTypes.OciIndex, manifests).ToJson();
        var root = await output.AddAsync(MediaTypes.OciIndex, (stream, token) => stream.WriteAsync(index, token).AsTask(), cancellationToken);
        return await output.CompleteAsync(root, cancellationToken);
    }
}
