using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Exit code 5: something outside failed. What was done stands, and the same line carries on.</summary>
public sealed class OutsideFailureTests : IDisposable
{
    private readonly SampleProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public void Publishing_without_the_remote()
    {
        var hotfix = product.CutHotfix();
        Directory.Move(product.Repository.Remote, product.Repository.Beside("gone.git"));

        var result = product.Run($"release publish {hotfix} --yes --offline");

        Assert.StartsWith("error: 'origin' was not reached: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.ExitCode);
        Assert.Equal("", product.Repository.Git("tag", "--list", $"v{hotfix}"));
    }

    [Fact]
    public void Publishing_where_the_remote_refuses_the_tag_and_again_when_it_does_not()
    {
        var hotfix = product.CutHotfix();
        var hook = Path.Combine(product.Repository.Remote, "hooks", "pre-receive");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, "#!/bin/sh\necho closed for the night >&2\nexit 1\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var refused = product.Run($"release publish {hotfix} --yes --offline");
        Assert.Contains("error: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("pre-receive hook declined", refused.Error, StringComparison.Ordinal);
        Assert.Equal(5, refused.ExitCode);
        Assert.True(product.Run("release list --json").Json()[0].GetProperty("draft").GetBoolean());

        File.Delete(hook);
        product.Run($"release publish {hotfix} --yes --offline").Succeeded();
        Assert.False(product.Run("release list --json").Json()[0].GetProperty("draft").GetBoolean());
        Assert.Contains($"refs/tags/v{hotfix}^{{}}", product.Repository.Git("ls-remote", "origin"), StringComparison.Ordinal);
    }
}
