using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>A hotfix that is not wanted any more is undone: what it made goes, and what is not as it left it stays.</summary>
public sealed class AbandonTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;
    private const string Name = "3.2.203001010000";
    private const string Other = "3.2.203001010001";
    private static readonly string[] Generate = ["hotfix", "generate", "--offline", "--release", Release, "--build", "acme/api", "--set", "bitnami/redis=7.2.5", "--name", Name];

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    private string Reserved => product.Repository.GitIn(product.Repository.Remote, "for-each-ref", "--format=%(refname)", "refs/graft");

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void As_a_story()
    {
        product.Graft.Run(Generate).Succeeded();

        var story = new WholeRun(product);
        story.Run("hotfix", "abandon", Name);
        story.Run("hotfix", "abandon", Name, "--yes");
        story.Run("hotfix", "runs");
        story.Run("hotfix", "resume", Name);
        story.Run("hotfix", "abandon", Name, "--yes", "--json");
        story.Run(Generate);
        story.Run("hotfix", "abandon", Name, "--yes", "--json");
        story.Check("abandon");
    }

    [Fact]
    public void What_it_would_undo_is_shown_before_it_is_asked()
    {
        product.Graft.Run(Generate).Succeeded();
        File.AppendAllText(product.At($"releases/{Name}.yaml"), "# by hand\n");
        var there = $"  remove  draft v{Name}\n  leave   releases/{Name}.yaml: it was changed since\n  remove  releases/{Name}.lock.json\n  remove  image acme/api:{Name}-{product.Fix.Short}\n  remove  the name on origin\n";

        using (var terminal = product.Graft.StartOnTerminal("hotfix", "abandon", Name))
        {
            terminal.Answer($"undo what {Name} has made?", "n" + Keys.Enter);
            Assert.Contains(there, terminal.WaitForExit().Output.Replace("\r\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Equal(there + "dry run: nothing was changed\n", product.Run($"hotfix abandon {Name} --dry-run").Succeeded().Error);
        var document = product.Run($"hotfix abandon {Name} --dry-run --json").Succeeded().Json();
        Assert.True(document.GetProperty("dryRun").GetBoolean());
        Assert.Equal(4, document.GetProperty("removed").GetArrayLength());
        Assert.Equal("finished", product.Run("hotfix runs --json").Json()[0].GetProperty("state").GetString());
        Assert.True(Directory.Exists(product.At($".graft/published/v{Name}")));
    }

    [Fact]
    public void One_that_was_killed_in_the_middle_lets_go_of_its_name()
    {
        Kill();
        Assert.Equal($"refs/graft/{Name}", Reserved);

        Assert.Equal($"hotfix {Name} is abandoned\n", product.Run($"hotfix abandon {Name} --yes").Succeeded().Error);

        Assert.Equal("", Reserved);
        Assert.Equal([Release], product.Releases);
        Assert.Equal("abandoned", product.Run("hotfix runs --json").Json()[0].GetProperty("state").GetString());
        Assert.Equal("there is nothing to resume\n", product.Run("hotfix resume").Succeeded().Error);
        product.Graft.Run(Generate).Succeeded();
    }

    [Fact]
    public void What_was_changed_since_stays()
    {
        product.Graft.Run(Generate).Succeeded();
        File.AppendAllText(product.At($"releases/{Name}.yaml"), "# by hand\n");
        File.AppendAllText(product.At($"releases/{Name}.lock.json"), "\n");
        File.AppendAllText(product.At($".graft/published/v{Name}/assets/{Name}.yaml"), "# by hand\n");

        var result = product.Run($"hotfix abandon {Name} --yes").Succeeded();

        Assert.Equal(
            $"hotfix {Name} is abandoned\n"
            + $"  left     draft v{Name}: its manifest is not the one of this run\n"
            + $"  left     releases/{Name}.yaml: it was changed since\n"
            + $"  left     releases/{Name}.lock.json: it was changed since\n"
            + $"  removed  image acme/api:{Name}-{product.Fix.Short}\n",
            result.Error);
        Assert.EndsWith("# by hand\n", product.ReadManifest(Name), StringComparison.Ordinal);
        Assert.DoesNotContain(product.ImageTags, tag => tag.Contains(Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_published_one_is_not_taken_back()
    {
        product.Graft.Run(Generate).Succeeded();
        product.Run($"release publish {Name} --yes --offline").Succeeded();

        var result = product.Run($"hotfix abandon {Name} --yes");

        Assert.Equal($"error: '{Name}' is published: a release is not taken back\nhint: cut a hotfix of it\n", result.Error);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal([Release, Name], product.Releases);
    }

    [Fact]
    public void The_name_of_another_run_stays_reserved()
    {
        Kill();
        var theirs = product.Repository.GitIn(product.Repository.Remote, "hash-object", "-w", "--stdin");
        product.Repository.GitIn(product.Repository.Remote, "update-ref", $"refs/graft/{Name}", theirs);

        var resumed = product.Run("hotfix resume");
        Assert.Equal(
            $"error: '{Name}' is reserved on 'origin' by another run\nhint: `graft hotfix abandon {Name}`, and cut the hotfix anew\n",
            string.Concat(resumed.Error.Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal) || line.StartsWith("hint", StringComparison.Ordinal)).Select(line => line + "\n")));
        Assert.Equal(3, resumed.ExitCode);

        var result = product.Run($"hotfix abandon {Name} --yes").Succeeded();
        Assert.Equal($"hotfix {Name} is abandoned\n  left     the name on origin: another run has reserved it\n", result.Error);
        Assert.Equal($"refs/graft/{Name}", Reserved);
    }

    [Theory]
    [InlineData("hotfix abandon 3.2.203001010009 --yes", "there is no run '3.2.203001010009'", 4)]
    [InlineData("hotfix abandon ../../x --yes", "'../../x' is not a release name", 4)]
    [InlineData("hotfix abandon", "`graft hotfix abandon` needs NAME", 2)]
    public void What_it_cannot_abandon(string line, string words, int exitCode)
    {
        var result = product.Run(line);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public void Another_run_of_the_same_minute_is_given_way_to()
    {
        // Somebody else has this minute and the ones around it.
        var theirs = product.Repository.GitIn(product.Repository.Remote, "hash-object", "-w", "--stdin");
        var now = DateTime.UtcNow;
        var taken = Enumerable.Range(-1, 6).Select(minute => $"3.2.{now.AddMinutes(minute):yyyyMMddHHmm}").ToList();
        foreach (var name in taken)
        {
            product.Repository.GitIn(product.Repository.Remote, "update-ref", $"refs/graft/{name}", theirs);
        }

        var result = product.Run("hotfix generate --offline --release 3.2.202511230446 --set bitnami/redis=7.2.5 --allow affected-not-built --json").Succeeded();

        var cut = result.Json().GetProperty("release").GetString()!;
        Assert.DoesNotContain(cut, taken);
        Assert.True(string.CompareOrdinal(cut, taken[^1]) > 0);
        Assert.Contains($"'{taken[^1]}' is reserved on 'origin' by another run: taking the next free minute\n", result.Error, StringComparison.Ordinal);
        Assert.Single(product.Run("hotfix runs --json").Json().EnumerateArray());
        Assert.Equal(taken.Order(StringComparer.Ordinal), Reserved.Split('\n').Select(name => name["refs/graft/".Length..]));
    }

    [Fact]
    public void A_name_that_was_asked_for_is_refused_when_another_run_has_it()
    {
        var theirs = product.Repository.GitIn(product.Repository.Remote, "hash-object", "-w", "--stdin");
        product.Repository.GitIn(product.Repository.Remote, "update-ref", $"refs/graft/{Other}", theirs);

        var result = product.Graft.Run([.. Generate[..^1], Other]);

        Assert.EndsWith($"error: '{Other}' is reserved on 'origin' by another run\nhint: it is free again when that run ends (of one that is lost, `git push origin :refs/graft/{Other}` frees it); take another name\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
        Assert.Empty(product.Run("hotfix runs --json").Json().EnumerateArray());
    }

    private void Kill()
    {
        using var hold = new HoldingPipe(product.Repository.Beside("hold"));
        using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
        graft.WaitForError("build acme/api: holding");
        graft.Signal("KILL");
        hold.LetGo();
        graft.WaitForExit();
    }
}
