namespace Graft.Testing.Faults;

/// <summary>
/// One call of a run that changes the world, or starts a program or learns of its end: its kind (<c>write</c>, <c>rename</c>, <c>start</c>), what it is
/// about (a path in the trial's folder, or a command line), how many of the same came before it, and the operations that were under way.
/// </summary>
public sealed record CallPoint(string Call, string Subject, int Occurrence, string During)
{
    /// <summary>How the library that breaks runs names it.</summary>
    public string Key => $"{Call}\t{Subject}\t{Occurrence}";

    /// <summary>Whether it is about a file, rather than a program.</summary>
    public bool IsAboutFile => Call is not ("start" or "end");

    /// <summary>Whether bytes are written, so that it can be cut off in the middle.</summary>
    public bool IsWrite => Call == "write";

    /// <summary>Whether it fails on a full disk.</summary>
    public bool NeedsRoom => Call is "open" or "write" or "mkdir" or "link" or "symlink";

    /// <summary>The folder that one mounts, moves or protects as a whole: <c>/product/releases</c>, <c>/product/.graft/images</c>, <c>/user/cache</c>.</summary>
    public string Room
    {
        get
        {
            var parts = Subject.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var folders = parts.Take(parts.Length - 1).ToList();
            return "/" + string.Join('/', folders.Take(folders is [_, ".graft", ..] ? 3 : 2));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Call} {Subject} (#{Occurrence}, {During})";
}
