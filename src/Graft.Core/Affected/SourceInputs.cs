using System.Text.RegularExpressions;
using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>The changes that reach an image through what graft.yaml names besides its Dockerfile: <c>inputs</c> and <c>prepare</c>.</summary>
internal sealed partial class SourceInputs(ChangeTree changes, IReadOnlyList<TreeLinks> sides)
{
    private readonly IReadOnlyList<FileChange> all = [.. changes.All()];
    private readonly Dictionary<string, IReadOnlyList<FileChange>> globs = new(StringComparer.Ordinal);

    public IEnumerable<(FileChange Change, string Why)> Of(ImageSource source)
    {
        foreach (var input in source.Inputs)
        {
            if (!globs.TryGetValue(input, out var matching))
            {
                globs[input] = matching = Matching(input);
            }

            foreach (var change in matching)
            {
                yield return (change, $"`inputs` has '{input}'");
            }
        }

        foreach (var word in source.Prepare.SelectMany(word => PathWords().Matches(word).Select(match => match.Value)).Distinct(StringComparer.Ordinal))
        {
            foreach (var change in OfPrepare(Dockerfiles.UnixPath.Clean(word)))
            {
                yield return (change, $"`prepare` has '{word}'");
            }
        }
    }

    private List<FileChange> Matching(string input)
    {
        var glob = Glob.Parse(input);
        // A folder stands for all that is in it, also where a link leads to it.
        var found = all.Where(change => Prefixes(change.Path).Any(glob.IsMatch)).ToList();
        foreach (var side in sides)
        {
            found.AddRange(side.Paths.Where(glob.IsMatch).SelectMany(link => At(link, side)));
            if (glob.Literal is not null)
            {
                found.AddRange(At(glob.Literal, side));
            }
            else if (glob.Prefix.Length > 0)
            {
                // The folders before the first wildcard may lead through a link; what matches below one is not looked at closely.
                found.AddRange(side.Leads(glob.Prefix.TrimEnd('/')) ? At(glob.Prefix.TrimEnd('/'), side) : []);
            }
        }

        return found;
    }

    // The whole tree is no answer: `.` is how a context at the root is handed to a script, and what that reads, `inputs` says.
    private IEnumerable<FileChange> OfPrepare(string path) => path is "." or "/" ? [] : sides.SelectMany(side => At(path, side));

    private IEnumerable<FileChange> At(string path, TreeLinks side)
    {
        var passed = new List<string>();
        var meant = side.FollowPath(path, passed.Add);
        return passed.SelectMany(changes.OnTheWayTo)
            .Concat(meant is null ? [] : changes.OnTheWayTo(meant).Concat(meant.Length == 0 ? [] : changes.Find(meant)?.All() ?? []));
    }

    private static IEnumerable<string> Prefixes(string path)
    {
        for (; path.Length > 0; path = TreeLinks.Folder(path))
        {
            yield return path;
        }
    }

    // A word may be a line of shell; a path is what is left between its signs.
    [GeneratedRegex(@"[^\s'""`;&|<>(){}$=,:]+", RegexOptions.CultureInvariant)]
    private static partial Regex PathWords();
}
