using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>What goes to a remote and comes from it.</content>
public sealed partial class GitRepository
{
    /// <summary>Asks a remote for its branches and tags, once. One that cannot be reached is an answer too: see <see cref="RemoteRefs"/>.</summary>
    public async Task<RemoteRefs> ListRemoteAsync(string remote, CancellationToken cancellationToken)
    {
        GitName.CheckRemote(remote);
        var branches = new Dictionary<string, CommitId>();
        var tags = new Dictionary<string, CommitId>();
        var result = await git.RunAsync(["ls-remote", "--quiet", "--heads", "--tags", "--", remote], cancellationToken);
        if (!result.Succeeded)
        {
            // Ctrl-C reaches git too, which may end before this is told to stop.
            cancellationToken.ThrowIfCancellationRequested();
            return new RemoteRefs(branches, tags, GitWords.LastOf(result));
        }

        foreach (var line in result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0 || !CommitId.TryParse(line[..tab], out var commit))
            {
                continue;
            }

            var name = line[(tab + 1)..];
            if (name.StartsWith(BranchPrefix, StringComparison.Ordinal))
            {
                branches[name[BranchPrefix.Length..]] = commit;
            }
            else if (name.StartsWith(TagPrefix, StringComparison.Ordinal))
            {
                // The peeled line of an annotated tag follows its own and takes its place.
                const string peeled = "^{}";
                tags[name.EndsWith(peeled, StringComparison.Ordinal) ? name[TagPrefix.Length..^peeled.Length] : name[TagPrefix.Length..]] = commit;
            }
        }

        return new RemoteRefs(branches, tags, Unreachable: null);
    }

    /// <summary>The remotes that this clone knows, by name, with their addresses, which may hold credentials: not for showing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadRemotesAsync(CancellationToken cancellationToken)
    {
        var remotes = new Dictionary<string, string>();
        var result = await git.RunAsync(["config", "--null", "--get-regexp", @"^remote\..*\.url$"], cancellationToken);
        // It fails where there is none.
        foreach (var record in result.Succeeded ? result.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            // `remote.NAME.url LF ADDRESS`; the first address of a remote is the one fetched from.
            if (record.Split('\n', 2) is [var key, var address])
            {
                remotes.TryAdd(key["remote.".Length..^".url".Length], address);
            }
        }

        return remotes;
    }

    /// <summary>
    /// Makes an annotated tag, signed where the user's configuration says so. One that is there on the same commit is success; on another
    /// commit it is a guard failure.
    /// </summary>
    public async Task CreateTagAsync(string tag, CommitId commit, string message, CancellationToken cancellationToken)
    {
        GitName.CheckRef("tag", tag);
        // Not by the standard input: were this process killed before it wrote there, git would make the tag without a message.
        var result = await git.RunAsync(
            ["tag", "--annotate", "--cleanup=verbatim", $"--message={message}", "--", tag, commit.ToString()], cancellationToken);
        if (result.Succeeded)
        {
            return;
        }

        // Looked at afterwards, so that a tag made in between by someone else counts too.
        if (await FindTagAsync(tag, cancellationToken) is { } there)
        {
            RequireSame(tag, there, commit, "it exists");
            return;
        }

        throw GitCommand.Failure($"cannot make the tag '{tag}'", result);
    }

    /// <summary>
    /// Pushes a tag, never over another. One that the remote has on the same commit is success, even when it is another tag object; on
    /// another commit it is a guard failure.
    /// </summary>
    public async Task PushTagAsync(string remote, string tag, CancellationToken cancellationToken)
    {
        GitName.CheckRemote(remote);
        GitName.CheckRef("tag", tag);
        var name = TagPrefix + tag;
        var result = await git.RunAsync(["push", "--quiet", "--no-follow-tags", "--", remote, $"{name}:{name}"], cancellationToken);
        if (result.Succeeded)
        {
            return;
        }

        if (await FindTagAsync(tag, cancellationToken) is { } here
            && (await ListRemoteAsync(remote, cancellationToken)).Tags.TryGetValue(tag, out var there))
        {
            RequireSame(tag, there, here, $"'{remote}' has it");
            return;
        }

        throw GitCommand.Failure($"cannot push the tag '{tag}' to '{Redaction.WithoutCredentials(remote)}'", result);
    }

    private static void RequireSame(string tag, CommitId there, CommitId wanted, string where)
    {
        if (there != wanted)
        {
            throw new GraftException(FailureKind.Guard, $"cannot tag '{wanted.Short}' as '{tag}': {where} on '{there.Short}'");
        }
    }
}
