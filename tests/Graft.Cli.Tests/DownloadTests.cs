using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>What is fetched, what is left as it is, and what goes.</summary>
public sealed class DownloadTests : IDisposable
{
    private const string Release = SampleProduct.Release;
    private const string Later = "3.2.202512010000";
    private const string Other = "3.10.202512010000";

    private readonly SampleProduct product = new();

    private IEnumerable<string?> Files => Directory.EnumerateFiles(product.At("releases")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    public void Dispose() => product.Dispose();

    [Fact]
    public void The_lock_and_the_notes_come_with_the_manifest()
    {
        var hotfix = product.CutHotfix();
        Publish(hotfix);
        var (manifest, locked) = (product.ReadManifest(hotfix), product.Read($"releases/{hotfix}.lock.json"));
        Directory.Delete(product.At("releases"), recursive: true);

        product.Run("release download").Succeeded();

        Assert.Equal([hotfix + ".lock.json", hotfix + ".notes.md", hotfix + ".yaml"], Files);
        Assert.Equal((manifest, locked), (product.ReadManifest(hotfix), product.Read($"releases/{hotfix}.lock.json")));
        Assert.StartsWith($"Hotfix of {Release}", product.Read($"releases/{hotfix}.notes.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_differs_is_left_as_it_is_like_a_manifest()
    {
        var hotfix = product.CutHotfix();
        Publish(hotfix);
        File.AppendAllText(product.At($"releases/{hotfix}.lock.json"), " ");

        var result = product.Run("release download --json").Succeeded();

        Assert.Contains($"warning: 'releases/{hotfix}.lock.json' differs from the published one and was left as it is; `--force` overwrites it\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(hotfix, result.Json().GetProperty("differing")[0].GetString());
        Assert.EndsWith(" ", product.Read($"releases/{hotfix}.lock.json"), StringComparison.Ordinal);

        product.Run("release download --force").Succeeded();
        Assert.EndsWith("}\n", product.Read($"releases/{hotfix}.lock.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_of_older_tools()
    {
        product.PutOnPublisher(Release, product.Released);
        File.Move(product.At($".graft/published/v{Release}/assets/{Release}.yaml"), product.At($".graft/published/v{Release}/assets/manifest.yaml"));
        var text = product.ReadManifest(Release);
        Directory.Delete(product.At("releases"), recursive: true);

        product.Run("release download").Succeeded();

        Assert.Equal([Release + ".yaml"], Files);
        Assert.Equal(text, product.ReadManifest(Release));
    }

    [Fact]
    public void Only_some()
    {
        PutAll();

        Assert.Equal("1 release fetched, 0 already here\n", product.Run("release download --limit 1").Succeeded().Error);
        Assert.Equal([Other + ".yaml"], Files);
        Assert.Equal("2 releases fetched, 0 already here\n", product.Run("release download --series 3.2").Succeeded().Error);
        Assert.Equal("0 releases fetched, 3 already here\n", product.Run("release download --series 3.2 3.10 --limit 5").Succeeded().Error);
    }

    [Theory]
    [InlineData("--limit 0", 2, "`--limit` takes a whole number from 1 on, not '0'")]
    [InlineData("--limit many", 2, "`--limit` takes a whole number from 1 on, not 'many'")]
    [InlineData("--series 3", 4, "'3' is not a series")]
    [InlineData("--cleanup", 2, "`--cleanup` wants a confirmation")]
    public void What_it_cannot_be_asked(string options, int code, string message)
    {
        var result = product.Run($"release download {options}");

        Assert.StartsWith($"error: {message}\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(code, result.ExitCode);
    }

    [Fact]
    public void Bad_ones_are_left_out_and_the_rest_arrives()
    {
        PutAll();
        File.WriteAllText(product.At($".graft/published/v{Later}/assets/{Later}.yaml"), "name: [\n");

        var result = product.Run("release download --json");

        Assert.Equal(4, result.ExitCode);
        Assert.Equal([Other, Release], result.Json().GetProperty("fetched").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("v" + Later, result.Json().GetProperty("refused")[0].GetString());
        Assert.Equal([Other + ".yaml", Release + ".yaml"], Files);
    }

    [Fact]
    public void What_a_power_cut_left_is_fetched_again()
    {
        PutAll();
        product.Run("release download").Succeeded();
        File.WriteAllText(product.At($"releases/{Later}.yaml"), "");
        File.WriteAllText(product.At($"releases/{Other}.yaml"), new string('\0', 100));

        Assert.Equal("2 releases fetched, 1 already here\n", product.Run("release download").Succeeded().Error);
    }

    [Fact]
    public void Cleaning_up_as_a_story()
    {
        PutAll();
        product.Run("release download").Succeeded();
        var hotfix = product.CutHotfix();
        var mine = product.Run($"hotfix generate --offline --no-draft --release {Release} --set bitnami/redis=7.2.6 --allow affected-not-built --json").Succeeded().Json().GetProperty("release").GetString()!;
        product.WriteManifest("3.2.202401010000", SampleFiles.Manifest("3.2.202401010000", product.Released));
        File.WriteAllText(product.At("releases/README.yaml"), "not: a release\n");
        File.WriteAllText(product.At($"releases/{Later}.notes.md"), "notes\n");
        Directory.Delete(product.At($".graft/published/v{Later}"), recursive: true);
        Directory.Delete(product.At($".graft/published/v{Other}"), recursive: true);

        Assert.Equal(2, product.Run("release download --cleanup").ExitCode);
        using (var terminal = product.Graft.StartOnTerminal("release", "download", "--cleanup"))
        {
            terminal.Answer("remove these 2?", "n" + Keys.Enter);
            Assert.Contains("none was removed", terminal.WaitForExit().Output, StringComparison.Ordinal);
        }

        var result = product.Run("release download --cleanup --yes").Succeeded();

        Assert.EndsWith($"no longer on the publisher:\n  releases/{Other}.yaml\n  releases/{Later}.yaml\n2 removed\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            new[] { $"3.2.202401010000.yaml", $"{Release}.yaml", $"{hotfix}.lock.json", $"{hotfix}.yaml", $"{mine}.lock.json", $"{mine}.yaml", "README.yaml" }.Order(StringComparer.Ordinal),
            Files);
        Assert.Empty(product.Run("release download --cleanup --yes --json").Succeeded().Json().GetProperty("removed").EnumerateArray());
    }

    [Fact]
    public void A_hotfix_that_is_not_finished_is_not_cleaned_up()
    {
        using var living = LivedInSample.Copy();
        Directory.Delete(living.At($".graft/published/v{LivedInSample.Draft}"), recursive: true);
        living.WriteManifest(LivedInSample.CutOff, living.ReadManifest(Release).Replace(Release, LivedInSample.CutOff, StringComparison.Ordinal));

        var result = living.Run("release download --cleanup --yes --json").Succeeded();

        Assert.Equal([LivedInSample.Draft], result.Json().GetProperty("removed").EnumerateArray().Select(name => name.GetString()));
        Assert.True(File.Exists(living.At($"releases/{LivedInSample.CutOff}.yaml")));
    }

    // Three releases on the publisher, and none here.
    private void PutAll()
    {
        foreach (var name in new[] { Release, Later, Other })
        {
            product.WriteManifest(name, SampleFiles.Manifest(name, product.Released));
            product.PutOnPublisher(name, product.Released);
        }

        foreach (var name in new[] { Later, Other })
        {
            File.Delete(product.At($"releases/{name}.yaml"));
        }

        File.Delete(product.At($"releases/{Release}.yaml"));
    }

    private void Publish(string hotfix) => product.Run($"release publish {hotfix} --yes --offline").Succeeded();
}
