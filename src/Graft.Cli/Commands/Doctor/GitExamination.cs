using Graft.Adapters.Git;
using Graft.Adapters.Processes;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Doctor;

/// <summary>The program git, the repository, and whether its remote can be read and names be held there.</summary>
internal sealed class GitExamination(ProgramRunner programs, string folder)
{
    private static readonly Version Oldest = new(2, 31);

    /// <summary>The program itself.</summary>
    public async Task<IReadOnlyList<Finding>> AskProgramAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await programs.RunAsync(new ProgramCall { Program = "git", Arguments = ["--version"] }, cancellationToken);
            // `git version 2.39.5 (Apple Git-154)`
            var words = result.Text.Trim().Split(' ');
            var text = words.Length > 2 ? words[2] : "";
            return
            [
                Version.TryParse(string.Join('.', text.Split('.').Take(2)), out var version) && version < Oldest
                    ? Finding.Missing($"git {text} is too old", $"install {Oldest} or a newer one")
                    : Finding.Ok($"git {text}"),
            ];
        }
        catch (GraftException missing) when (missing.Kind == FailureKind.Outside)
        {
            return [Finding.Missing(missing.Message, "install it (Debian, Ubuntu: `apt install git`)")];
        }
    }

    /// <summary>The repository around the folder; an input failure when there is none.</summary>
    public Task<GitRepository> OpenAsync(CancellationToken cancellationToken) => GitRepository.OpenAsync(folder, programs, cancellationToken);

    /// <summary>What there is to say of a repository that is here.</summary>
    public static IReadOnlyList<Finding> Describe(GitRepository git)
    {
        var findings = new List<Finding> { Finding.Ok($"the repository '{DisplayPath.Of(git.Root)}', on {(git.Branch is { } branch ? $"branch '{branch}'" : "no branch")} at {git.Head.Short}") };
        if (git.IsShallow)
        {
            findings.Add(Finding.Note("the clone is shallow: the history that a comparison needs may not be here", "`git fetch --unshallow --tags`"));
        }

        if (git.FindUnfinished() is { } command)
        {
            findings.Add(Finding.Note($"a {command} is not finished", $"`git {command} --continue`, or `git {command} --abort`"));
        }

        return findings;
    }

    /// <summary>Whether a checkout would have all files; nothing where it would.</summary>
    public static async Task<IReadOnlyList<Finding>> AskFilesAsync(GitRepository git, CancellationToken cancellationToken)
    {
        await git.CheckLargeFilesAsync(cancellationToken);
        return [];
    }

    /// <summary>The remote: whether it answers, and whether a hotfix's name can be held there.</summary>
    public static async Task<IReadOnlyList<Finding>> AskRemoteAsync(GitRepository git, string remote, CancellationToken cancellationToken)
    {
        if (!(await git.ReadRemotesAsync(cancellationToken)).TryGetValue(remote, out var address))
        {
            return [Finding.Missing($"there is no remote '{remote}'", $"`git remote add {ShellWord.Quote(remote)} ADDRESS`, or name another in graft.yaml: `remote: NAME`")];
        }

        var reserve = git.FindReservationProblemAsync(remote, cancellationToken);
        var refs = await git.ListRemoteAsync(remote, cancellationToken);
        var shown = Redaction.WithoutCredentials(address);
        if (refs.Unreachable is { } reason)
        {
            return [Finding.Missing($"remote '{remote}', {shown}, was not reached: {reason}", $"see that `git ls-remote {ShellWord.Quote(remote)}` works")];
        }

        return await reserve is { } problem
            ? [Finding.Missing($"remote '{remote}', {shown}, cannot be pushed to: {problem}", $"see that `git push --dry-run {ShellWord.Quote(remote)} HEAD:refs/graft/doctor` works")]
            : [Finding.Ok($"remote '{remote}', {shown}: can be read and pushed to")];
    }
}
