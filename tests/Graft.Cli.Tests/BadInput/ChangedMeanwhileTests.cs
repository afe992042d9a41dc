using Graft.Testing;

namespace Graft.Cli.Tests.BadInput;

/// <summary>Files that somebody changes under a hotfix that is being built: what was planned is done or refused, and what is theirs stays.</summary>
public sealed class ChangedMeanwhileTests : IDisposable
{
    private const string Name = "3.2.203002010000";
    private const string Written = $"releases/{Name}.yaml";
    private static readonly string[] Generate = ["hotfix", "generate", "--offline", "--release", SampleProduct.Release, "--build", "acme/api", "--name", Name];

    private readonly SampleProduct product = LivedInSample.Copy();

    public void Dispose() => product.Dispose();

    [Fact]
    public void The_base_of_which_the_plan_was_made_counts()
    {
        using var undisturbed = LivedInSample.Copy();
        undisturbed.Graft.Run(Generate).Succeeded();

        var result = RunWhile(() => product.Write(Spoil.Manifest, "rubbish: ["));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("rubbish: [", product.ReadManifest(SampleProduct.Release));
        Assert.Equal(undisturbed.ReadManifest(Name), product.ReadManifest(Name));
    }

    [Fact]
    public void A_manifest_of_that_name_that_came_is_not_overwritten()
    {
        var result = RunWhile(() => product.Write(Written, "theirs\n"));

        Assert.Contains($"error: '{Written}' exists with other content", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("theirs\n", product.Read(Written));
        Assert.False(Directory.Exists(product.At($".graft/published/v{Name}")));
    }

    [Fact]
    public void A_manifest_that_became_a_link_leads_nowhere()
    {
        var elsewhere = product.Repository.Beside("elsewhere");
        File.WriteAllText(elsewhere, "theirs\n");

        var result = RunWhile(() => File.CreateSymbolicLink(product.At(Written), elsewhere));

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("theirs\n", File.ReadAllText(elsewhere));
    }

    [Fact]
    public void A_configuration_that_was_changed_is_for_the_next_time()
    {
        var result = RunWhile(() => product.Write("graft.yaml", "\0"));

        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(product.At($".graft/published/v{Name}/assets/{Name}.yaml")));
    }

    [Fact]
    public void A_layout_that_was_broken_stops_it_and_mended_lets_it_go_on()
    {
        const string index = ".graft/images/index.json";
        var before = product.Read(index);

        var result = RunWhile(() => product.Write(index, "rubbish"));

        Assert.Contains($"error: '{index}' is malformed: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal("rubbish", product.Read(index));
        product.Write(index, before);
        product.Run($"hotfix resume {Name}").Succeeded();
        Assert.Contains($"acme/api:{Name}-{product.Fix.Short}", product.ImageTags);
    }

    [Fact]
    public void A_draft_of_that_name_that_came_is_not_overwritten()
    {
        const string description = $".graft/published/v{Name}/release.json";
        var theirs = $$"""{"tag":"v{{Name}}","commit":"{{product.Released}}","draft":true}""";

        var result = RunWhile(() => product.Write(description, theirs));

        Assert.Contains($"error: there is already a release 'v{Name}' in '.graft/published', and it is another one", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal(theirs, product.Read(description));
    }

    // The build waits in its preparing script while the change is made.
    private GraftResult RunWhile(Action change)
    {
        using var hold = new HoldingPipe(product.Repository.Beside("hold"));
        using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(Generate);
        graft.WaitForError("build acme/api: holding");
        change();
        hold.LetGo();
        return graft.WaitForExit();
    }
}
