namespace Graft.Core.Affected;

/// <summary>What a path in a commit's tree is.</summary>
public enum FileKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A file with the executable bit.</summary>
    Executable,

    /// <summary>A symbolic link; its content is its target.</summary>
    Link,

    /// <summary>A submodule; its object is a commit of another repository.</summary>
    Submodule,
}

/// <summary>What one path is on one side of a comparison: its kind, and the full name of its object.</summary>
public sealed record FileState(FileKind Kind, string Object);

/// <summary>A path (from the root, with <c>/</c>) that differs between two commits; null on the side where it is not there. A rename is two of these.</summary>
public sealed record FileChange(string Path, FileState? Before, FileState? After)
{
    /// <summary>Whether it is a submodule on either side: what is below it is in no tree here.</summary>
    public bool IsSubmodule => Before?.Kind == FileKind.Submodule || After?.Kind == FileKind.Submodule;
}
