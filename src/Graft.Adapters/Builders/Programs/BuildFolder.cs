using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Programs;

/// <summary>What a build needs on disk beside the checkout: its Dockerfile with ignore rules, and archives on their way. Disposing removes it.</summary>
internal sealed class BuildFolder : IDisposable
{
    private readonly BuildRequest request;

    public BuildFolder(BuildRequest request)
    {
        this.request = request;
        Path = request.Output + ".work";
        // Left by an attempt that was killed.
        FolderRemoval.Remove(Path);
        Directory.CreateDirectory(Path);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Absolute path of the build's context.</summary>
    public string Context => FolderOf(request.Source.Context) ?? throw GraftException.Input($"the build context '{request.Source.Context}' is not a folder of the repository");

    /// <summary>Absolute path of something in the folder.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The absolute path of a folder of the checkout, or null when it is none.</summary>
    public string? FolderOf(string path) => new Embedded.CheckoutFolder(request.Checkout).Find(path) is { } folder && Directory.Exists(folder) ? folder : null;

    /// <summary>Reads a file of the checkout; null when it is not there.</summary>
    public string? Read(string path) => new Embedded.CheckoutFolder(request.Checkout).FindFile(path) is { } file ? File.ReadAllText(file) : null;

    /// <summary>
    /// Writes a Dockerfile, and beside it the rules that hold for it: BuildKit's choice of ignore file, and no <c>.git</c>, which names the
    /// machine and may hold what the remote's settings hold. The absolute paths of both.
    /// </summary>
    public (string Dockerfile, string IgnoreFile) Write(string dockerfile)
    {
        var source = request.Source;
        var rules = Read(source.Dockerfile + ".dockerignore") ?? Read(source.Context == "." ? ".dockerignore" : source.Context + "/.dockerignore") ?? "";
        File.WriteAllText(At("Dockerfile"), dockerfile);
        File.WriteAllText(At("Dockerfile.dockerignore"), rules + "\n.git\n**/.git\n");
        return (At("Dockerfile"), At("Dockerfile.dockerignore"));
    }

    /// <summary>Gives the files of a context the time of the commit: builders keep times in layers, and a checkout has those of its making.</summary>
    public void SetTimes(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry.Name != ".git"))
        {
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                SetTimes(entry.FullName);
            }

            entry.LastWriteTimeUtc = request.CommittedAt.UtcDateTime;
        }
    }

    public void Dispose() => FolderRemoval.Remove(Path);
}
