namespace Graft.Adapters.Builders.Embedded;

/// <summary>What a node of a file tree is.</summary>
internal enum TreeNodeKind
{
    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, a pipe, a sparse file, or what has a name that is not text: it is there, and cannot be copied.</summary>
    Special,
}

/// <summary>A file, folder or link of an image or a build context. Only a folder has children; only a file has content.</summary>
internal sealed record TreeNode(TreeNodeKind Kind, int Mode, long User, long Group, long Modified = 0)
{
    private const int FolderMode = 0b111_101_101;

    /// <summary>Where a link leads, as it is written.</summary>
    public string Target { get; init; } = "";

    /// <summary>A file's content.</summary>
    public IFileContent? Content { get; init; }

    /// <summary>A folder's children by name, in the order of their code units, which is the same on every machine.</summary>
    public SortedDictionary<string, TreeNode> Children { get; init; } = new(StringComparer.Ordinal);

    /// <summary>A new folder, 0755.</summary>
    public static TreeNode NewFolder(long user, long group) => new(TreeNodeKind.Folder, FolderMode, user, group);

    /// <summary>A copy that changes on its own.</summary>
    public TreeNode Copy()
    {
        var children = new SortedDictionary<string, TreeNode>(StringComparer.Ordinal);
        foreach (var (name, child) in Children)
        {
            children[name] = child.Kind == TreeNodeKind.Folder ? child.Copy() : child;
        }

        return this with { Children = children };
    }
}

/// <summary>A file's bytes: their number, and a stream that gives exactly so many.</summary>
internal interface IFileContent
{
    /// <summary>The number of bytes.</summary>
    long Length { get; }

    /// <summary>Opens the content for reading.</summary>
    Task<Stream> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>A file of the checkout.</summary>
internal sealed record DiskContent(string Path, long Length) : IFileContent
{
    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan));
}

/// <summary>A file that stands in the Dockerfile itself.</summary>
internal sealed record InlineContent(byte[] Bytes) : IFileContent
{
    /// <inheritdoc/>
    public long Length => Bytes.Length;

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<Stream>(new MemoryStream(Bytes, writable: false));
}
