using System.Text;
using Graft.Adapters.Processes;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>
/// Writes clean checkouts, submodules by the same way as the product. An empty repository that borrows the original's objects is used
/// rather than <c>git worktree add</c>, which registers itself in the original, or <c>git clone --shared</c>, which takes local branches for the
/// remote's, and forgets shallow and partial history; a submodule's attributes have to be there before its first file is.
/// </summary>
internal sealed class CheckoutWriter(ProgramRunner runner)
{
    // As git makes the folders in it, see ResetAsync.
    private const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly Dictionary<string, string?> Variables = new()
    {
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["GIT_DEFAULT_REF_FORMAT"] = "files",
        ["GIT_LFS_SKIP_SMUDGE"] = null,
        // Replaced objects stay out of what builds see, also when a prepare script asks git.
        ["GIT_NO_REPLACE_OBJECTS"] = "1",
    };

    /// <summary>Checks a commit out at an empty or missing folder, with its submodules.</summary>
    public async Task WriteAsync(CheckoutSource source, CommitId commit, string folder, CancellationToken cancellationToken)
    {
        var git = Command(folder);
        await BorrowAsync(git, source, commit, cancellationToken);
        if (source.Url is not null)
        {
            await FetchMissingAsync(git, source, source.Url, commit, cancellationToken);
        }

        var purpose = $"cannot check out '{commit.Short}'";
        await git.DoAsync(purpose, ["read-tree", commit.ToString()], cancellationToken);
        await LikeNames.RefuseAsync(git, cancellationToken);
        var large = await LargeFiles.FindAsync(git, cancellationToken);
        await large.RequireProgramAsync(git, cancellationToken);
        await ResetAsync(git, large, purpose, commit, cancellationToken);
        large.RequireContent(folder);
        await WriteSubmodulesAsync(git, source, cancellationToken);
    }

    private static async Task BorrowAsync(GitCommand git, CheckoutSource source, CommitId commit, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(git.Folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(git.Folder, FolderMode);
        }

        const int sha256 = 64;
        var format = commit.ToString().Length == sha256 ? "sha256" : "sha1";
        await git.DoAsync(
            $"cannot check out '{commit.Short}'",
            ["-c", "init.defaultBranch=main", "init", "--quiet", "--template=", $"--object-format={format}"],
            cancellationToken);

        var own = Path.Combine(git.Folder, ".git");
        Directory.CreateDirectory(Path.Combine(own, "info"));
        await File.WriteAllTextAsync(Path.Combine(own, "info", "attributes"), CheckoutSettings.Attributes, cancellationToken);
        IEnumerable<(string, string)> settings = CheckoutSettings.Overruling;
        if (source.CommonDirectory is { } common)
        {
            // Unlike a clone this copies nothing; a collection of garbage there spares what its refs and reflogs reach.
            await WriteTextAsync(Path.Combine(own, "objects", "info", "alternates"), Path.Combine(common, "objects") + "\n", cancellationToken);
            if (File.Exists(Path.Combine(common, "shallow")))
            {
                File.Copy(Path.Combine(common, "shallow"), Path.Combine(own, "shallow"));
            }

            var original = new GitCommand(git.Runner, common);
            settings = (await ReadSettingsAsync(original, source.Root, cancellationToken)).Concat(settings);
            await CopyRefsAsync(original, own, cancellationToken);
        }
        else
        {
            settings = settings.Append(("remote.origin.url", source.Url!)).Append(("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"));
        }

        var configuration = Path.Combine(own, "config");
        await File.AppendAllTextAsync(configuration, CheckoutSettings.Write(settings), cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            // A remote's settings may hold a token.
            File.SetUnixFileMode(configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await File.WriteAllTextAsync(Path.Combine(own, "HEAD"), commit + "\n", cancellationToken);
    }

    private static async Task<List<(string Key, string Value)>> ReadSettingsAsync(GitCommand original, string? root, CancellationToken cancellationToken)
    {
        var listing = await original.DoAsync(
            "cannot read the repository's configuration", ["config", "--file", "config", "--includes", "-z", "--list"], cancellationToken);
        var settings = CheckoutSettings.TakeOver(listing.Output.Span, root);
        // What was fetched from the LFS server once is taken from there, and what is fetched now stays for the next time.
        if (!settings.Exists(setting => setting.Key == "lfs.storage"))
        {
            settings.Add(("lfs.storage", Path.Combine(original.Folder, "lfs")));
        }

        return settings;
    }

    /// <summary>Tags and tracking branches, for scripts that ask <c>git describe</c>; one file instead of one per ref.</summary>
    private static async Task CopyRefsAsync(GitCommand original, string own, CancellationToken cancellationToken)
    {
        var refs = await (original with { Options = [.. original.Options, "--git-dir=."] }).DoAsync(
            "cannot read the refs", ["for-each-ref", "--format=%(objectname) %(refname) %(symref)", "refs/tags/", "refs/remotes/"], cancellationToken);
        var lines = refs.Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[^1] == ' ')
            .Select(line => line.TrimEnd() + "\n");
        await WriteTextAsync(Path.Combine(own, "packed-refs"), string.Concat(lines), cancellationToken);
    }

    private static Task WriteTextAsync(string path, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
    }

    private static async Task FetchMissingAsync(GitCommand git, CheckoutSource source, string url, CommitId commit, CancellationToken cancellationToken)
    {
        if ((await git.RunAsync(["cat-file", "-e", commit + "^{commit}"], cancellationToken)).Succeeded)
        {
            return;
        }

        // Of a URL out of .gitmodules git trusts only the protocols that need no trust, as `git submodule` does. One that is relative to the product's has
        // its password too, which no argument may hold: it is given as the setting of a remote.
        const string remote = "graft-submodule";
        git = git.WithSetting($"remote.{remote}.url", url);
        git = git with { Variables = new Dictionary<string, string?>(git.Variables) { ["GIT_PROTOCOL_FROM_USER"] = "0" } };
        string[] fetch = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--", remote];
        var one = await git.RunAsync([.. fetch, commit.ToString()], cancellationToken);
        // A server may refuse to give a commit by its name alone.
        var all = one.Succeeded ? one : await git.RunAsync([.. fetch, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"], cancellationToken);
        if (!all.Succeeded || !(await git.RunAsync(["cat-file", "-e", commit + "^{commit}"], cancellationToken)).Succeeded)
        {
            throw GitCommand.Failure(
                $"cannot fetch '{commit.Short}' of the submodule '{source.Place}' from '{Redaction.WithoutCredentials(url)}'",
                all.Succeeded ? one : all,
                "fetch it with `git submodule update --init --recursive`");
        }
    }

    private static async Task ResetAsync(GitCommand git, LargeFiles large, string purpose, CommitId commit, CancellationToken cancellationToken)
    {
        var call = new ProgramCall
        {
            Program = "git",
            Arguments = [.. git.Options, .. large.Options, "reset", "--hard", "--quiet", commit.ToString()],
            WorkingDirectory = git.Folder,
            Environment = git.Environment(),
        };
        // The modes on the disk reach an image through docker and the like. Only a shell can set the umask of another program; it gets
        // the arguments as a list and reads none of them.
        var neutral = OperatingSystem.IsWindows()
            ? call
            : call with { Program = "sh", Arguments = ["-c", "umask 022 && exec git \"$@\"", "git", .. call.Arguments] };
        var result = await git.Runner.RunAsync(neutral, cancellationToken);
        if (!result.Succeeded)
        {
            throw large.Explain(result) ?? GitCommand.Failure(purpose, result);
        }
    }

    private async Task WriteSubmodulesAsync(GitCommand git, CheckoutSource source, CancellationToken cancellationToken)
    {
        var modules = Path.Combine(git.Folder, ".gitmodules");
        if (!File.Exists(modules) || new FileInfo(modules).LinkTarget is not null)
        {
            return;
        }

        foreach (var submodule in await Submodule.ReadAsync(git, cancellationToken))
        {
            var url = SubmoduleUrl.Resolve(submodule.Url, await ReadUrlAsync(git, source, cancellationToken));
            await WriteAsync(
                source.Submodule(submodule.Name, submodule.Path, url),
                submodule.Commit,
                Path.Combine(git.Folder, submodule.Path),
                cancellationToken);
        }
    }

    // Without a remote the superproject's own folder takes its place, as in `git submodule`.
    private static async Task<string> ReadUrlAsync(GitCommand git, CheckoutSource source, CancellationToken cancellationToken)
    {
        var url = await git.RunAsync(["config", "remote.origin.url"], cancellationToken);
        return url.Succeeded ? url.Text.TrimEnd('\n') : source.Url ?? source.Root!;
    }

    private GitCommand Command(string folder)
    {
        var neutral = new GitCommand(runner, folder);
        return neutral with
        {
            Options = [.. neutral.Options, .. CheckoutSettings.Overruling.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })],
            Variables = Variables,
        };
    }
}
