using Graft.Adapters.Git;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Doctor;

/// <summary>Looks at all that a hotfix needs, side by side, and says what is there, what is missing, and how to get it. Changes nothing.</summary>
internal sealed class Examination(Session session)
{
    private const string DefaultRemote = "origin";
    private readonly Questioner questioner = new(session.Composition.Clock, session.Cancellation);

    public async Task<int> RunAsync()
    {
        session.Options.RequireDirectory();
        var topics = await LongWait.SayingAsync(AskAsync(), session.Composition.Clock, () => session.Screen.Say("waiting for answers; each has 15 seconds"));
        session.Screen.Data(() => DoctorDocument.Of(topics), () => DoctorText.Of(topics));
        var findings = topics.SelectMany(topic => topic.Findings).ToList();
        var (wrong, missing) = (findings.Count(finding => finding.State == FindingState.Wrong), findings.Count(finding => finding.State == FindingState.Missing));
        session.Screen.Say(wrong + missing == 0 ? "all that a hotfix needs is there" : $"{ProductExamination.Count(wrong + missing, "thing")} that a hotfix needs {(wrong + missing == 1 ? "is" : "are")} not there");
        return wrong > 0 ? (int)FailureKind.Input : missing > 0 ? (int)FailureKind.Outside : 0;
    }

    private async Task<IReadOnlyList<Topic>> AskAsync()
    {
        var git = new GitExamination(session.Composition.Programs, Path.GetFullPath(session.Options.Directory));
        var program = await questioner.AskAsync("git", git.AskProgramAsync);
        GitRepository repository;
        try
        {
            repository = await git.OpenAsync(session.Cancellation);
        }
        catch (GraftException none)
        {
            return
            [
                new Topic("git", program[0].State == FindingState.Missing ? program : [.. program, Finding.Of(none)]),
                new Topic("builder", await ListBuildersAsync()),
                await AskDiskAsync(null),
            ];
        }

        try
        {
            var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
            return await AskAsync([.. program, .. GitExamination.Describe(repository)], repository, workspace);
        }
        catch (GraftException off) when (off.Kind == FailureKind.Input)
        {
            var remote = AskRemoteAsync(repository, DefaultRemote);
            var builders = ListBuildersAsync();
            return
            [
                new Topic("git", [.. program, .. GitExamination.Describe(repository), .. await remote]),
                new Topic("graft.yaml", [Finding.Of(off)]),
                new Topic("builder", await builders),
                await AskDiskAsync(null),
            ];
        }
    }

    private async Task<IReadOnlyList<Topic>> AskAsync(IReadOnlyList<Finding> here, GitRepository repository, Workspace workspace)
    {
        var read = ProductAtHead.ReadAsync(workspace, session.Cancellation);
        var remote = AskRemoteAsync(repository, workspace.Product.Remote);
        var files = questioner.AskAsync("git", token => GitExamination.AskFilesAsync(repository, token));
        var product = questioner.AskAsync("git", new ProductExamination(workspace, read).AskAsync);
        var builder = WhenReadAsync(read, () => questioner.AskAsync(workspace.Product.Build.With, token => new BuilderExamination(session.Composition).AskAsync(workspace.Product.Build, read, token)));
        var registries = WhenReadAsync(read, async () => await new RegistryExamination(session.Composition, workspace, questioner).AskAsync(await read));
        var publisher = questioner.AskAsync($"'{workspace.Product.Publisher}'", async token =>
            [.. (await workspace.Publisher.ExamineAsync(token)).Select((words, index) => index == 0 ? Finding.Ok($"{workspace.Product.Publisher}: {words}") : Finding.Note(words))]);
        var disk = AskDiskAsync(workspace);
        var runs = questioner.AskAsync("the disk", _ => Task.FromResult(RunExamination.Of(workspace.Runs.ListAll(), session.Options.Program)));
        return
        [
            new Topic("git", [.. here, .. await files, .. await remote]),
            new Topic("graft.yaml", await product),
            new Topic("builder", await builder),
            new Topic("registries", await registries),
            new Topic("publisher", await publisher),
            await disk,
            new Topic("runs", await runs),
        ];
    }

    private Task<IReadOnlyList<Finding>> AskRemoteAsync(GitRepository repository, string remote) =>
        questioner.AskAsync($"remote '{remote}'", token => GitExamination.AskRemoteAsync(repository, remote, token));

    private Task<IReadOnlyList<Finding>> ListBuildersAsync() => questioner.AskAsync("a builder", async token =>
        await new BuilderExamination(session.Composition).ListOthersAsync("", token) is { Count: > 0 } found ? found
            : [Finding.Note("neither docker, buildah nor podman is here: graft builds what needs no RUN by itself")]);

    // What is wrong with the product stands under graft.yaml, once.
    private static async Task<IReadOnlyList<Finding>> WhenReadAsync(Task<ProductAtHead> read, Func<Task<IReadOnlyList<Finding>>> ask)
    {
        try
        {
            await read;
        }
        catch (GraftException)
        {
            return [Finding.Note("not looked at: see graft.yaml")];
        }

        return await ask();
    }

    private async Task<Topic> AskDiskAsync(Workspace? workspace) => new("disk", await questioner.AskAsync("the disk", _ =>
    {
        var cache = DiskExamination.Of("the cache folder", CacheFolder.Find(), "see whose it is, or name another with the variable `XDG_CACHE_HOME`");
        return Task.FromResult<IReadOnlyList<Finding>>(workspace is null ? [cache] : [cache, DiskExamination.Of("the folder of runs", workspace.State.Path, "see whose it is")]);
    }));
}
