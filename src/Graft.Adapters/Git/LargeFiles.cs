using System.Text.RegularExpressions;
using Graft.Adapters.Processes;
using Graft.Core.Failures;

namespace Graft.Adapters.Git;

/// <summary>The files of a checkout that its .gitattributes give to Git LFS: in the repository they are pointers, and would stay so without its program.</summary>
internal sealed partial class LargeFiles
{
    private const string Hint = "install `git-lfs`, then run `git lfs install`";
    private readonly IReadOnlyList<string> paths;

    private LargeFiles(IReadOnlyList<string> paths) => this.paths = paths;

    /// <summary>Options for the checkout that turn the filter on where the user's configuration does not.</summary>
    public IReadOnlyList<string> Options { get; private set; } = [];

    /// <summary>The files in the index with <c>filter=lfs</c>.</summary>
    public static async Task<LargeFiles> FindAsync(GitCommand git, CancellationToken cancellationToken)
    {
        // The one place where a pathspec is a pattern; it is ours.
        var patterns = git with { Options = [.. git.Options.Where(option => option != "--literal-pathspecs")] };
        var result = await patterns.DoAsync("cannot read the files' attributes", ["ls-files", "-z", "--", ":(attr:filter=lfs)"], cancellationToken);
        return new LargeFiles(result.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>An outside failure when there are such files and nothing is installed or configured that could fetch them.</summary>
    public async Task RequireProgramAsync(GitCommand git, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
        {
            return;
        }

        var filter = await git.RunAsync(["config", "--get-regexp", "^filter\\.lfs\\.(smudge|process)$"], cancellationToken);
        if (filter.Succeeded && !filter.Text.Contains("--skip", StringComparison.Ordinal))
        {
            return;
        }

        // Installed but not set up, or set up to leave pointers (`git lfs install --skip-smudge`).
        if (!(await git.RunAsync(["lfs", "version"], cancellationToken)).Succeeded)
        {
            throw Missing(paths[0]);
        }

        Options =
        [
            "-c", "filter.lfs.smudge=git-lfs smudge -- %f", "-c", "filter.lfs.process=git-lfs filter-process", "-c", "filter.lfs.required=true",
        ];
    }

    /// <summary>The failure in Graft's words when git could not run the filter, or the filter could not get a file's content; else null.</summary>
    public GraftException? Explain(ProgramResult result)
    {
        if (paths.Count == 0)
        {
            return null;
        }

        if (Download().Match(result.Error) is { Success: true } lost)
        {
            return GraftException.Outside(
                $"cannot check out '{lost.Groups["path"].Value}': git-lfs did not get it: {Redaction.WithoutCredentials(lost.Groups["words"].Value)}",
                "see that `git lfs fetch` works");
        }

        // A shell's words, when the program that the configuration names is not there.
        return result.Error.Contains("git-lfs", StringComparison.Ordinal) && result.Error.Contains("not found", StringComparison.Ordinal) ? Missing(paths[0]) : null;
    }

    /// <summary>An outside failure when one of the files is still a pointer after the checkout.</summary>
    public void RequireContent(string folder)
    {
        foreach (var path in paths)
        {
            if (IsPointer(Path.Combine(folder, path)))
            {
                throw Missing(path);
            }
        }
    }

    // As git-lfs says it; git itself only adds that its filter failed.
    [GeneratedRegex(@"^Error downloading object: (?<path>.+) \([0-9a-f]+\): Smudge error: (.*\([0-9a-f]{64}\): )?(?<words>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Download();

    private static GraftException Missing(string path) =>
        GraftException.Outside($"cannot check out '{path}': it is kept in Git LFS, and git-lfs is missing or left it out", Hint);

    // The first line of a pointer, as the specification of Git LFS has it.
    private static bool IsPointer(string path)
    {
        var wanted = "version https://git-lfs.github.com/spec/"u8;
        var start = new byte[wanted.Length];
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null)
        {
            return false;
        }

        using var stream = file.OpenRead();
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && wanted.SequenceEqual(start);
    }
}
