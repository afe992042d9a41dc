using Graft.Core.Dockerfiles;

namespace Graft.Core.Affected;

/// <summary>Finds the changes that a source of COPY reaches in a context on one side. Only names that changed, and links, are looked at.</summary>
internal sealed class ContextSearch(ChangeTree changes, TreeLinks links, AttributeChanges attributes, string root)
{
    private readonly List<FileChange> found = [];
    private string? part;
    private IgnoreRules? excludes;

    /// <summary>The changes at and below what the source names (null: everything), those of links on the way included; some may be found twice.</summary>
    public IReadOnlyList<FileChange> Find(SourcePath? source, IgnoreRules? excluded)
    {
        excludes = excluded;
        Touch(root);
        Walk(root, source?.Segments ?? [], 0);
        return found;
    }

    private void Walk(string folder, IReadOnlyList<SourceSegment> segments, int at)
    {
        if (at == segments.Count)
        {
            Take(folder);
            return;
        }

        var segment = segments[at];
        if (segment.Pattern is null)
        {
            Enter(folder, segment.Text, segments, at);
            return;
        }

        found.AddRange(attributes.Around(folder));
        var names = changes.Find(folder)?.Children.Keys ?? [];
        foreach (var name in names.Concat(links.In(folder)).Distinct(StringComparer.Ordinal).Where(segment.Pattern.IsMatch).ToList())
        {
            Enter(folder, name, segments, at);
        }
    }

    private void Enter(string folder, string name, IReadOnlyList<SourceSegment> segments, int at)
    {
        var path = TreeLinks.Join(folder, name);
        if (at + 1 < segments.Count)
        {
            // A link, a file or a submodule where a folder is asked for.
            Touch(path);
        }

        if (links.Follow(folder, name, root, Touch) is { } meant)
        {
            if (meant != path)
            {
                Touch(meant);
            }

            Walk(meant, segments, at + 1);
        }
    }

    private void Take(string path)
    {
        found.AddRange(attributes.Around(path));
        if (changes.Find(path) is not { } node)
        {
            return;
        }

        part = path;
        found.AddRange(excludes is null ? node.All() : node.All().Where(IsNotExcluded));
    }

    // Relative to the folder that is copied (fsutil's copier); a file that is itself the source is not excluded by every release.
    private bool IsNotExcluded(FileChange change) =>
        change.Path == part || change.IsSubmodule || !excludes!.IsIgnoredByAll(part!.Length == 0 ? change.Path : change.Path[(part.Length + 1)..]);

    // What changed on the way to a path: the path itself, or a link or submodule above it.
    private void Touch(string path) => found.AddRange(changes.OnTheWayTo(path));
}
