using Graft.Adapters.Files;

namespace Graft.Testing;

/// <summary>A folder of a test's own, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes one under the system's temporary folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("graft-test-").FullName;

    /// <summary>Absolute path, links resolved by nobody.</summary>
    public string Path { get; }

    /// <summary>The path of something in it.</summary>
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file in it, folders included; returns its path.</summary>
    public string Write(string path, string text)
    {
        var full = At(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <inheritdoc/>
    public void Dispose() => FolderRemoval.Remove(Path);
}
