using System.Globalization;
using Graft.Core.Hotfixes.Picks;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>What one commit changes, and who wrote lines before it.</content>
public sealed partial class GitRepository
{
    /// <summary>What a commit changes against its only parent, or against the parent that is named (from 1); against nothing for a first commit.</summary>
    public async Task<IReadOnlyList<FilePatch>> ReadPatchAsync(CommitLine commit, int parent, CancellationToken cancellationToken)
    {
        string[] ends = commit.Parents.Count == 0 ? [commit.Id.ToString()] : [commit.Parents[parent - 1].ToString(), commit.Id.ToString()];
        var result = await git.DoAsync(
            $"cannot read the change of '{commit.Id.Short}'",
            [.. PatchOptions, "--no-commit-id", .. ends, "--"],
            cancellationToken);
        return PatchText.Read(result.Text);
    }

    /// <summary>The commits that wrote lines (from 1, first and count) of a file as it is in a commit, of those that another commit's history has not.</summary>
    public async Task<IReadOnlyList<CommitId>> FindWritersAsync(
        CommitId commit, CommitId without, string path, IReadOnlyList<(int First, int Count)> lines, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            $"cannot read who wrote '{path}'",
            ["blame", "--porcelain", "--no-progress", .. lines.Select(range => string.Create(CultureInfo.InvariantCulture, $"-L{range.First},+{range.Count}")), commit.ToString(), "--not", without.ToString(), "--", path],
            cancellationToken);
        var writers = new List<CommitId>();
        var old = new HashSet<CommitId>();
        CommitId? current = null;
        foreach (var line in result.Text.Split('\n'))
        {
            // git-blame(1), "The Porcelain Format": `ID LINE LINE [COUNT]`, headers, and the line itself after a tab.
            if (line.Split(' ') is [var id, _, _, ..] && CommitId.TryParse(id, out var writer))
            {
                current = writer;
                if (!writers.Contains(writer))
                {
                    writers.Add(writer);
                }
            }
            else if (line == "boundary" && current is not null)
            {
                old.Add(current);
            }
        }

        return writers.FindAll(writer => !old.Contains(writer));
    }
}
