using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>A run that is cut off in the middle of a build is carried on as if nothing had happened.</summary>
public sealed class ResumeTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;
    private const string Name = "3.2.203001010000";
    private static readonly string[] Generate = ["hotfix", "generate", "--offline", "--release", Release, "--build", "acme/api", "--set", "bitnami/redis=7.2.5", "--name", Name];

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_build()
    {
        using (var hold = new HoldingPipe(product.Repository.Beside("hold")))
        {
            using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
            graft.WaitForError("build acme/api: holding");
            Assert.Equal("running", product.Run("hotfix runs --json").Succeeded().Json()[0].GetProperty("state").GetString());
            graft.Signal("KILL");
            hold.LetGo();
            graft.WaitForExit();
        }

        Assert.EndsWith("holding\n", product.Read($".graft/runs/{Name}/logs/acme/api.log"), StringComparison.Ordinal);
        Assert.Equal([Release], product.Releases);
        Assert.Matches($@"{Name} +{Release} +interrupted +build acme/api\n", product.Run("hotfix runs").Succeeded().Output);

        var resumed = product.Run("hotfix resume");
        Assert.Contains($"hotfix {Name} is cut\n", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Matches($@"{Name} +{Release} +finished\n", product.Run("hotfix runs").Succeeded().Output);
        Assert.Equal($"'{Name}' is finished already\n", product.Run($"hotfix resume {Name}").Succeeded().Error);

        using var unbroken = new SampleProduct(SampleFiles.PreparingConfiguration);
        await unbroken.PushBaseImageAsync(TestContext.Current.CancellationToken);
        unbroken.Graft.Run(Generate).Succeeded();
        Assert.Equal(unbroken.ReadManifest(Name), product.ReadManifest(Name));
        Assert.Equal(unbroken.Read($"releases/{Name}.lock.json"), product.Read($"releases/{Name}.lock.json"));
        Assert.Equal(unbroken.ImageTags, product.ImageTags);
        Assert.Equal(unbroken.Read(".graft/images/index.json"), product.Read(".graft/images/index.json"));
    }

    [Fact]
    public void The_next_run_removes_the_checkouts_of_a_killed_one()
    {
        using (var hold = new HoldingPipe(product.Repository.Beside("hold")))
        {
            using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
            graft.WaitForError("build acme/api: holding");
            graft.Signal("KILL");
            hold.LetGo();
            graft.WaitForExit();
        }

        Assert.NotEmpty(Checkouts());

        product.CutHotfix();

        Assert.Empty(Checkouts());
    }

    [Fact]
    public void The_next_run_leaves_the_checkouts_of_one_that_is_running()
    {
        using var hold = new HoldingPipe(product.Repository.Beside("hold"));
        using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
        graft.WaitForError("build acme/api: holding");

        product.CutHotfix();

        Assert.NotEmpty(Checkouts());
        hold.LetGo();
        Assert.Equal(0, graft.WaitForExit().ExitCode);
        Assert.Empty(Checkouts());
    }

    [Fact]
    public void As_a_story()
    {
        using (var hold = new HoldingPipe(product.Repository.Beside("hold")))
        {
            using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
            graft.WaitForError("build acme/api: holding");
            graft.Signal("INT");
            graft.WaitForExit();
        }

        var story = new WholeRun(product);
        story.Run("hotfix", "runs");
        story.Run("hotfix", "runs", "--json");
        story.Run("hotfix", "resume");
        story.Check("resume");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Interrupted_in_the_middle_of_a_build(string signal)
    {
        using var hold = new HoldingPipe(product.Repository.Beside("hold"));
        using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
        graft.WaitForError("build acme/api: holding");
        graft.Signal(signal);

        var result = graft.WaitForExit();

        Assert.EndsWith($"error: interrupted while cutting '{Name}'\nhint: carry on with `graft hotfix resume {Name}`, or undo it with `graft hotfix abandon {Name}`\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal([Release], product.Releases);
        Assert.Equal("interrupted", product.Run("hotfix runs --json").Json()[0].GetProperty("state").GetString());
        Assert.Equal(Name, product.Run("hotfix resume --json").Succeeded().Json().GetProperty("release").GetString());
    }

    [Fact]
    public void Interrupted_by_a_key_on_a_terminal()
    {
        using var hold = new HoldingPipe(product.Repository.Beside("hold"));
        using var terminal = product.Graft.With(SampleFiles.HoldVariable, hold.Path).StartOnTerminal([.. Generate, "--yes"]);
        terminal.Answer("holding", Keys.Interrupt);

        var result = terminal.WaitForExit();

        Assert.Contains($"carry on with `graft hotfix resume {Name}`", result.Output, StringComparison.Ordinal);
        Assert.Equal(130, result.ExitCode);
    }

    [Fact]
    public void Two_that_were_cut_off_want_a_name()
    {
        foreach (var name in new[] { Name, "3.2.203001010001" })
        {
            using var hold = new HoldingPipe(product.Repository.Beside("hold-" + name));
            using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start([.. Generate[..^1], name]);
            graft.WaitForError("build acme/api: holding");
            graft.Signal("INT");
            graft.WaitForExit();
        }

        var result = product.Run("hotfix resume");

        Assert.Equal($"error: 2 hotfixes were cut off\nhint: name one: `graft hotfix resume 3.2.203001010001`, `graft hotfix resume {Name}`\n", result.Error);
        Assert.Equal(2, result.ExitCode);
        product.Run($"hotfix resume {Name}").Succeeded();
    }

    [Fact]
    public void One_that_is_running_is_not_resumed_by_another()
    {
        using var hold = new HoldingPipe(product.Repository.Beside("hold"));
        using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
        graft.WaitForError("build acme/api: holding");

        var result = product.Run($"hotfix resume {Name}");

        Assert.Contains($"error: another process is carrying out '{Name}'", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        hold.LetGo();
        Assert.Equal(0, graft.WaitForExit().ExitCode);
    }

    private string[] Checkouts() => Directory.GetDirectories(product.Repository.Beside("user/cache/graft/checkouts"));
}
