using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Lines that a person is told to type next can be typed as they are.</summary>
public sealed class NextLineTests : IDisposable
{
    private const string Release = SampleProduct.Release;
    private const string Name = "3.2.203001010000";

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task After_a_hotfix_with_folders_that_a_shell_would_take_apart()
    {
        var place = Path.Combine(product.Repository.Beside("moved"), "it's $(touch owned)");
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.Move(product.Root, place);
        File.Move(Path.Combine(place, "graft.yaml"), Path.Combine(place, "other graft.yaml"));
        var graft = product.Graft with { Directory = Path.GetDirectoryName(place)! };

        var cut = graft.Run(
            "-C", "it's $(touch owned)", "--config", "other graft.yaml", "hotfix", "generate", "--offline", "--release", Release, "--set", "bitnami/redis=7.2.5", "--name", Name, "--allow", "affected-not-built", "dirty-tree").Succeeded();

        const string start = @"graft -C 'it'\''s $(touch owned)' --config 'other graft.yaml' release";
        Assert.EndsWith($"next:\n  {start} diff {Release} {Name}\n  {start} publish {Name} --offline\n", cut.Error, StringComparison.Ordinal);
        var typed = await TemporaryRepository.Runner.RunAsync(
            new()
            {
                Program = "sh",
                Arguments = ["-c", $"graft() {{ \"$0\" \"$@\"; }}; {start} diff {Release} {Name}", SourceTree.Program],
                WorkingDirectory = graft.Directory,
                Environment = graft.Environment(),
            },
            TestContext.Current.CancellationToken);
        Assert.Contains("7.2.5", typed.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(graft.Directory, "owned")));
    }

    [Fact]
    public async Task After_a_failure()
    {
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        product.Repository.Commit("Break the script", ("src/api/prepare.sh", "#!/bin/sh\nexit 7\n"));
        product.Repository.Push();
        var graft = product.Graft with { Directory = product.Repository.Beside("") };

        var result = graft.Run("-C", "product", "hotfix", "generate", "--release", Release, "--build", "acme/api", "--name", Name);

        Assert.EndsWith($"carry on with `graft -C product hotfix resume {Name}`\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.ExitCode);
    }
}
