using System.Globalization;
using Graft.Adapters.Git;
using Graft.Adapters.Processes;
using Graft.Core.Releases;

namespace Graft.Testing;

/// <summary>
/// A git repository with one commit on <c>main</c>, and a bare remote <c>origin</c> of its own that has it. Identity, configuration and dates are
/// fixed (a minute passes with every commit), so the same story makes the same object names on every machine.
/// </summary>
public sealed class TemporaryRepository : IDisposable
{
    private static readonly DateTimeOffset FirstMinute = new(2025, 11, 23, 4, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private int minutes;

    /// <summary>Makes both, in a temporary folder.</summary>
    public TemporaryRepository()
    {
        Root = folder.At("product");
        Remote = folder.At("origin.git");
        RepositoryTemplate.CopyTo(folder.Path);
        minutes = RepositoryTemplate.Minutes;
    }

    /// <summary>Makes a copy of another, with all that is beside it.</summary>
    public TemporaryRepository(TemporaryRepository template)
    {
        Root = folder.At("product");
        Remote = folder.At("origin.git");
        RepositoryTemplate.Copy(template.folder.Path, folder.Path);
        minutes = template.minutes;
    }

    /// <summary>Starts programs for the code under test.</summary>
    public static ProgramRunner Runner { get; } = new();

    /// <summary>Absolute path of the worktree.</summary>
    public string Root { get; }

    /// <summary>Absolute path of the bare remote.</summary>
    public string Remote { get; }

    /// <summary>The commit that is checked out.</summary>
    public CommitId Head => CommitId.Parse(Git("rev-parse", "HEAD"));

    /// <summary>Absolute path of the temporary folder that holds the worktree, the remote, and what was put beside them.</summary>
    public string Around => folder.Path;

    /// <summary>A path beside the worktree and the remote, in the same temporary folder.</summary>
    public string Beside(string name) => folder.At(name);

    /// <summary>The path of something in the worktree.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Runs git in the worktree; its standard output without the last line end. A failure is an exception with git's words.</summary>
    public string Git(params string[] arguments) => GitIn(Root, arguments);

    /// <summary>As <see cref="Git"/>, in another folder.</summary>
    public string GitIn(string where, params string[] arguments)
    {
        var date = FirstMinute.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        return RunGit(where, date, arguments);
    }

    /// <summary>Writes a text file in the worktree, folders included.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Writes files, stages everything, and commits, even when nothing changed; one minute after the commit before.</summary>
    public CommitId Commit(string message, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Write(path, text);
        }

        Git("add", "--all");
        minutes++;
        Git("commit", "--quiet", "--allow-empty", "--message", message);
        return Head;
    }

    /// <summary>Tags HEAD, annotated.</summary>
    public void Tag(string name) => Git("tag", "--annotate", "--message", name, name);

    /// <summary>Pushes the branch that is checked out.</summary>
    public void Push() => Git("push", "--quiet", "origin", "HEAD");

    /// <summary>Opens the worktree with the code under test.</summary>
    public Task<GitRepository> OpenAsync(CancellationToken cancellationToken) => GitRepository.OpenAsync(Root, Runner, cancellationToken);

    internal static string RunGit(string where, string date, params string[] arguments)
    {
        var call = new ProgramCall
        {
            Program = "git",
            Arguments = arguments,
            WorkingDirectory = where,
            Environment = new Dictionary<string, string?>(GitIsolation.Variables) { ["GIT_AUTHOR_DATE"] = date, ["GIT_COMMITTER_DATE"] = date },
        };
        var result = Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult();
        return result.Succeeded
            ? result.Text.TrimEnd('\n')
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {result.Error}{result.Text}");
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
