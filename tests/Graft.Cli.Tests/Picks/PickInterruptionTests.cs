using Graft.Testing;

namespace Graft.Cli.Tests.Picks;

/// <summary>Stopped while git writes files, a start leaves nothing, and a pick leaves whole commits and carries on.</summary>
public sealed class PickInterruptionTests : IDisposable
{
    private readonly PickStory story = new();
    private readonly HoldingPipe pipe;

    public PickInterruptionTests()
    {
        pipe = new HoldingPipe(story.Git.Beside("pipe"));
        // A filter that says that it was reached, and waits: git is then between two files.
        File.WriteAllText(Script, $"#!/bin/sh\ntouch '{Reached}'\ncat '{pipe.Path}' >/dev/null\ncat\n");
        File.SetUnixFileMode(Script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        story.Git.Write(".git/info/attributes", "*.held filter=hold\n");
    }

    private string Reached => story.Git.Beside("reached");

    private string Script => story.Git.Beside("hold.sh");

    private TemporaryRepository Git => story.Git;

    public void Dispose()
    {
        pipe.Dispose();
        story.Dispose();
    }

    [Fact]
    public void A_start_leaves_everything_as_it_was()
    {
        Git.Git("tag", "--delete", $"v{SampleProduct.Release}");
        story.OnMain("Hold", ("a.txt", "a\n"), ("deep/b.held", "b\n"), ("c.txt", "c\n"), (PickStory.Text, "changed\n"));
        Git.Git("tag", $"v{SampleProduct.Release}", "main");
        Git.Git("push", "--quiet", "--force", "origin", $"refs/tags/v{SampleProduct.Release}");
        story.Product.WriteManifest(SampleProduct.Release, SampleFiles.Manifest(SampleProduct.Release, Core.Releases.CommitId.Parse(Git.Git("rev-parse", "main"))));

        var result = Interrupt("hotfix", "start", "hotfix/other", "--release", SampleProduct.Release);

        Assert.Equal(130, result.ExitCode);
        Assert.Equal((PickStory.Branch, story.Start, ""), (Git.Git("branch", "--show-current"), Git.Head, Git.Git("branch", "--list", "hotfix/other")));
        Assert.Equal("", Git.Git("status", "--porcelain"));
        Assert.Equal(PickStory.Lines(), story.Read());
    }

    [Fact]
    public void A_worktree_goes_with_its_branch()
    {
        Git.Git("tag", "--delete", $"v{SampleProduct.Release}");
        story.OnMain("Hold", ("a.txt", "a\n"), ("b.held", "b\n"));
        Git.Git("tag", $"v{SampleProduct.Release}", "main");
        Git.Git("push", "--quiet", "--force", "origin", $"refs/tags/v{SampleProduct.Release}");
        story.Product.WriteManifest(SampleProduct.Release, SampleFiles.Manifest(SampleProduct.Release, Core.Releases.CommitId.Parse(Git.Git("rev-parse", "main"))));

        var result = Interrupt("hotfix", "start", "hotfix/other", "--release", SampleProduct.Release, "--worktree", "../beside");

        Assert.Equal(130, result.ExitCode);
        Assert.Equal("", Git.Git("branch", "--list", "hotfix/other"));
        Assert.False(Directory.Exists(Git.Beside("beside")));
        Assert.Single(Git.Git("worktree", "list").Split('\n'));
    }

    [Fact]
    public void A_pick_keeps_whole_commits_and_carries_on()
    {
        var first = story.OnMain("First", ("a.txt", "a\n")).ToString();
        var held = story.OnMain("Held", ("b.txt", "b\n"), ("c.held", "c\n"), (PickStory.Text, PickStory.Lines((5, "five")))).ToString();
        var last = story.OnMain("Last", ("d.txt", "d\n")).ToString();

        var result = Interrupt("hotfix", "pick", first, held, last);

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("hint: carry it on with `graft hotfix pick --continue`", result.Error, StringComparison.Ordinal);
        Assert.Equal(["First"], story.Subjects);
        Assert.Equal("", Git.Git("status", "--porcelain"));

        Git.Git("config", "--remove-section", "filter.hold");
        story.Pick("--continue").Succeeded();
        Assert.Equal(["First", "Held", "Last"], story.Subjects);
        Assert.True(story.IsClean());
    }

    [Fact]
    public void A_pick_that_was_stopped_is_taken_back()
    {
        var first = story.OnMain("First", ("a.txt", "a\n")).ToString();
        var held = story.OnMain("Held", ("c.held", "c\n")).ToString();
        Interrupt("hotfix", "pick", first, held);

        story.Pick("--abort").Succeeded();

        Assert.Equal((story.Start, true), (Git.Head, story.IsClean()));
    }

    private GraftResult Interrupt(params string[] arguments)
    {
        Git.Git("config", "filter.hold.clean", "cat");
        Git.Git("config", "filter.hold.smudge", Script);
        using var program = story.Product.Graft.Start(arguments);
        using (var watcher = new FileSystemWatcher(Path.GetDirectoryName(Reached)!, Path.GetFileName(Reached)))
        {
            using var reached = new ManualResetEventSlim();
            watcher.Created += (_, _) => reached.Set();
            watcher.EnableRaisingEvents = true;
            Assert.True(File.Exists(Reached) || reached.Wait(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), program.Error);
        }

        program.Signal("INT");
        return program.WaitForExit();
    }
}
