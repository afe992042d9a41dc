using System.Collections.Concurrent;
using Graft.Adapters.Processes;
using Graft.Core.Dockerfiles;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Programs;

/// <summary>
/// Builds images with docker, buildx, buildah or podman. The builder is lent exactly the base images that Graft resolved, builds one platform at a time,
/// and hands the image back as an archive, which is checked on its way into the layout. It never pushes.
/// </summary>
public sealed class ProgramBuilder : IImageBuilder, IDisposable
{
    private readonly BuildProgram program;
    private readonly BuilderStorage storage;
    private readonly IReadOnlyList<string> options;
    private readonly IImageLayouts layouts;
    private readonly ConcurrentDictionary<string, SharedBases> sessions = new(StringComparer.Ordinal);

    /// <summary>The builder that graft.yaml names, one of <c>docker</c>, <c>buildx</c>, <c>buildah</c>, <c>podman</c>.</summary>
    public ProgramBuilder(BuildSettings settings, IImageLayouts layouts, ProgramRunner runner)
    {
        program = settings.With switch
        {
            "docker" => new DockerProgram(),
            "buildx" => new BuildxProgram(settings.Builder),
            "buildah" => new BuildahProgram(),
            "podman" => new PodmanProgram(),
            var other => throw new ArgumentOutOfRangeException(nameof(settings), other, "no such builder"),
        };
        this.layouts = layouts;
        storage = new BuilderStorage(program, runner);
        options = settings.Options;
    }

    /// <inheritdoc/>
    public void Check(ImageSource source, Dockerfile dockerfile)
    {
        foreach (var platform in source.Platforms)
        {
            var graph = StageGraph.Resolve(dockerfile, source.Target, new BuildVariables(dockerfile, source.Args, platform, source.Target), source.Contexts.Keys);
            foreach (var input in graph.Stages.SelectMany(stage => stage.Inputs.Prepend(stage.Base)).Where(input => input.Kind == StageInputKind.Context))
            {
                if (!program.TakesFolderContexts && !NamedContext.HasScheme(source.Contexts[input.Text]))
                {
                    throw input.Instruction.Location.Error(
                        $"the named context '{input.Text}' is a folder, '{source.Contexts[input.Text]}', and {program.Name} takes none",
                        "build with buildx, buildah or podman: `build: { with: … }` in graft.yaml");
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task<BuilderReport> ProbeAsync(CancellationToken cancellationToken) => new(await storage.DescribeAsync(cancellationToken), program.Lacks);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shared in sessions.Values)
        {
            shared.Dispose();
        }
    }

    /// <inheritdoc/>
    public Task RemoveLeftoversAsync(string session, CancellationToken cancellationToken) =>
        storage.RemoveAsync(StorageNames.SessionPrefix(session), cancellationToken);

    /// <inheritdoc/>
    public async Task<StoredImage> BuildAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var names = new StorageNames(request.Session, request.Source.Image);
        var shared = sessions.GetOrAdd(request.Session, session => new SharedBases(storage, session));
        await shared.EnterAsync(cancellationToken);
        try
        {
            return await BuildAsync(request, names, shared, cancellationToken);
        }
        finally
        {
            await shared.LeaveAsync();
        }
    }

    private async Task<StoredImage> BuildAsync(BuildRequest request, StorageNames names, SharedBases shared, CancellationToken cancellationToken)
    {
        var output = layouts.Create(request.Output);
        try
        {
            using var folder = new BuildFolder(request);
            var manifests = new List<Descriptor>();
            foreach (var platform in request.Source.Platforms)
            {
                manifests.Add(await new ProgramBuild(program, storage, options, layouts, request, folder, names, shared).RunAsync(platform, output, cancellationToken));
            }

            return await CompleteAsync(output, manifests, cancellationToken);
        }
        catch
        {
            // Half an image is worse than none: the folder can be made again only when it is not there.
            Files.FolderRemoval.Remove(request.Output);
            throw;
        }
    }

    private static async Task<StoredImage> CompleteAsync(IImageLayoutWriter output, List<Descriptor> manifests, CancellationToken cancellationToken)
    {
        if (manifests is [var only])
        {
            return await output.CompleteAsync(only with { Platform = null }, cancellationToken);
        }

        var index = new ImageIndex(MediaTypes.OciIndex, manifests).ToJson();
        var root = await output.AddAsync(MediaTypes.OciIndex, (stream, token) => stream.WriteAsync(index, token).AsTask(), cancellationToken);
        return await output.CompleteAsync(root, cancellationToken);
    }
}
