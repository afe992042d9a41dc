using Graft.Adapters.Git;
using Graft.Cli.Hotfixes;
using Graft.Core.Affected;
using Graft.Core.Products;

namespace Graft.Cli.Commands.Hotfix.Affected;

/// <summary>Compares HEAD with a release or commit, and lists the images that the change can alter.</summary>
internal sealed class AffectedListing(Session session, string? from)
{
    public async Task<int> RunAsync()
    {
        // Git looks at every file for it, which takes longer than all the rest: nobody but a person is told, and there it is waited for last.
        var readStatus = session.Screen.IsLive || session.Options.Verbose
            ? GitRepository.ReadStatusAsync(session.Options.Directory, session.Composition.Programs, session.Cancellation)
            : Task.FromResult<IReadOnlyList<ChangedPath>>([]);
        var tree = GitRepository.ListTreeAsync(session.Options.Directory, session.Composition.Programs, session.Cancellation);
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var question = new AffectedQuestion(workspace, workspace.Product);
        var @base = await new ComparedBase(workspace).FindAsync(from, session.Cancellation);
        var report = await question.AskAsync(@base.Commit, tree, session.Cancellation);
        var status = await readStatus;
        if (workspace.ComparesConfiguration && status.Any(changed => changed.Path == ProductFile.Name))
        {
            report = await AskAsCommittedAsync(workspace, @base) ?? report;
        }

        if (session.Screen.Json)
        {
            session.Screen.Data(AffectedDocument.Of(report, @base, workspace.Git.Head));
            return 0;
        }

        if (status.Count > 0)
        {
            session.Screen.Warn($"{(status.Count == 1 ? "a tracked file is" : $"{status.Count} tracked files are")} modified; only what is committed counts");
        }

        session.Screen.Detail($"from {@base} to {workspace.Git.Head.Short}");
        AffectedText.Show(report, session.Screen, session.Options.Verbose);
        return 0;
    }

    // What stands in the worktree is not what is released.
    private async Task<AffectedReport?> AskAsCommittedAsync(Workspace workspace, ComparedCommit @base)
    {
        var files = await workspace.Git.ReadFilesAsync(workspace.Git.Head, [ProductFile.Name], session.Cancellation);
        if (files[ProductFile.Name] is not { } bytes)
        {
            return null;
        }

        var question = new AffectedQuestion(workspace, ProductReader.Read(System.Text.Encoding.UTF8.GetString(bytes), ProductFile.Name));
        return await question.AskAsync(@base.Commit, workspace.Git.ListTreeAsync(workspace.Git.Head, session.Cancellation), session.Cancellation);
    }
}
