namespace Graft.Core.Images;

/// <summary>OCI image layouts on disk, each with one image: how builders hand over what they built.</summary>
public interface IImageLayouts
{
    /// <summary>Begins a layout in a folder that does not exist yet.</summary>
    IImageLayoutWriter Create(string folder);

    /// <summary>
    /// The one image of the layout in a folder. A layout that is malformed or holds several images is an input failure. The image
    /// reads the folder for as long as it is used.
    /// </summary>
    Task<StoredImage> ReadAsync(string folder, CancellationToken cancellationToken);
}

/// <summary>A layout being written. It becomes readable with <see cref="CompleteAsync"/>.</summary>
public interface IImageLayoutWriter
{
    /// <summary>Stores content whose digest is found while it is written by <paramref name="write"/>.</summary>
    Task<Descriptor> AddAsync(string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Copies content of a known digest; content that is there already is not read again.</summary>
    Task AddAsync(Descriptor descriptor, IBlobSource content, CancellationToken cancellationToken);

    /// <summary>Makes this manifest or index the layout's image.</summary>
    Task<StoredImage> CompleteAsync(Descriptor image, CancellationToken cancellationToken);
}
