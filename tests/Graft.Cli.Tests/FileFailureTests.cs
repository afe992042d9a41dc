using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Folders that are files, and other things that a file system does: a failure in words, never a bug.</summary>
public sealed class FileFailureTests : IDisposable
{
    private readonly SampleProduct product = new();

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData(".graft", "cannot use '.graft': a file is in its place")]
    [InlineData(".graft/runs", "cannot use '.graft/runs")]
    [InlineData(".graft/published", "cannot use '.graft/published': a file is in its place")]
    public void A_file_where_a_folder_should_be(string path, string words)
    {
        product.Repository.Write(path, "");

        var result = product.Run($"hotfix generate --offline --release {SampleProduct.Release} --set bitnami/redis=7.2.5 --allow affected-not-built");

        Assert.Contains($"error: {words}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("The file '", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.ExitCode);
    }

    [Fact]
    public void A_file_where_the_folder_of_releases_should_be()
    {
        Directory.Delete(product.At("releases"), recursive: true);
        product.Repository.Write("releases", "");

        Assert.Equal(5, product.Run("release download").ExitCode);
        Assert.Equal(0, product.Run("release list").ExitCode);
    }

    [Fact]
    public void No_folder_named_by_nothing()
    {
        var result = product.Graft.Run("-C", "", "release", "list");

        Assert.Equal("error: there is no folder ''\n", result.Error);
        Assert.Equal(4, result.ExitCode);
    }

    [Fact]
    public void A_folder_where_a_file_should_be()
    {
        Directory.CreateDirectory(product.At("notes"));

        var result = product.Run($"hotfix generate --offline --release {SampleProduct.Release} --set bitnami/redis=7.2.5 --notes-file notes");

        Assert.Equal("error: 'notes' is a folder, not a file\n", result.Error);
        Assert.Equal(4, result.ExitCode);
    }

    [Fact]
    public void A_name_with_a_line_break_stays_on_one_line()
    {
        var result = product.Graft.Run("-C", "no\nsuch", "release", "list");

        Assert.Equal("error: there is no folder 'no\\nsuch'\n", result.Error);
    }

    [Fact]
    public void A_folder_that_is_gone_under_the_user()
    {
        using var shell = new RunningProgram(
            "sh", ["-c", $"rmdir \"$PWD\" && exec \"$0\" release list", SourceTree.Program], Directory.CreateDirectory(product.Repository.Beside("gone")).FullName, product.Graft.Environment());

        var result = shell.WaitForExit();

        Assert.Equal("error: the folder that graft was started in is gone, or its path is not UTF-8\nhint: go to another one\n", result.Error);
        Assert.Equal(4, result.ExitCode);
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_keeps_no_other_away()
    {
        product.Repository.Write("releases/broken.yaml", "\0");
        File.CreateSymbolicLink(product.At("releases/dangling.yaml"), "nowhere");
        Directory.CreateDirectory(product.At("releases/folder.yaml"));

        var result = product.Run("release list --json").Succeeded();

        Assert.Equal(1, result.Json().GetArrayLength());
        Assert.Contains("releases/broken.yaml", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_among_the_manifests_is_not_waited_for()
    {
        using var pipe = new HoldingPipe(product.At("releases/pipe.yaml"));

        var result = product.Run("release list --json").Succeeded();

        Assert.Equal(1, result.Json().GetArrayLength());
        Assert.Contains("releases/pipe.yaml", result.Error, StringComparison.Ordinal);
    }
}
