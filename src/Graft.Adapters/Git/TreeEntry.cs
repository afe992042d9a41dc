namespace Graft.Adapters.Git;

/// <summary>What a path in a tree is.</summary>
public enum TreeEntryKind
{
    /// <summary>A file (mode 100644).</summary>
    File,

    /// <summary>A file with the executable bit (mode 100755).</summary>
    Executable,

    /// <summary>A symbolic link (mode 120000); its content is its target.</summary>
    SymbolicLink,

    /// <summary>A submodule (mode 160000); its object is a commit of another repository.</summary>
    Submodule,
}

/// <summary>
/// A path in a commit's tree, from its root with <c>/</c>, and the full name of its object. A path that is not UTF-8 has its odd bytes
/// written <c>\xNN</c> and cannot be read by that name.
/// </summary>
public sealed record TreeEntry(string Path, TreeEntryKind Kind, string ObjectId);
