using Graft.Core.Images;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>An image being built: its configuration, its layers, and (once somebody asks) its files.</summary>
internal sealed class StageImage
{
    private readonly Func<CancellationToken, Task<FileTree>> readBase;
    private FileTree? tree;

    private StageImage(ImageConfig config, IEnumerable<Descriptor> layers, IEnumerable<(Descriptor, IBlobSource)> baseLayers, Func<CancellationToken, Task<FileTree>> readBase)
    {
        Config = config;
        Layers = [.. layers];
        BaseLayers = [.. baseLayers];
        this.readBase = readBase;
    }

    public ImageConfig Config { get; }

    /// <summary>All layers, lowest first.</summary>
    public IList<Descriptor> Layers { get; }

    /// <summary>The layers that come from a base image, and where they are read.</summary>
    public IReadOnlyList<(Descriptor Layer, IBlobSource Content)> BaseLayers { get; }

    public static StageImage Scratch(Platform platform) =>
        new(ImageConfig.Empty(platform), [], [], _ => Task.FromResult(FileTree.Empty()));

    public static StageImage On(BaseImage image) =>
        new(image.Config.Copy(), image.Layers, image.Layers.Select(layer => (layer, image.Content)), image.ReadTreeAsync);

    /// <summary>The image's files. A base image is listed only when this is asked for.</summary>
    public async Task<FileTree> GetTreeAsync(CancellationToken cancellationToken) => tree ??= await readBase(cancellationToken);

    /// <summary>A copy that goes on on its own, for another stage.</summary>
    public StageImage Copy() => new(Config.Copy(), Layers, BaseLayers, async token => (await GetTreeAsync(token)).Copy());

    /// <summary>Adds a layer and its history.</summary>
    public void Add(Descriptor layer, string createdBy)
    {
        Layers.Add(layer);
        // The archive is not compressed, so its digest is the layer's too.
        Config.Add(createdBy, layer.Digest);
    }
}
