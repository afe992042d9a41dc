using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

/// <summary>Clean checkouts of a commit with a submodule that is only a line in its tree: nothing of it is here.</summary>
public sealed class GitmodulesTests : IDisposable
{
    private const string Named = "6e7c2a1f9b3d4c5e6f708192a3b4c5d6e7f80912";
    private readonly TemporaryRepository product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task A_submodule_that_cannot_be_fetched_is_an_outside_failure()
    {
        AddSubmodule($"[submodule \"lib\"]\n\tpath = lib\n\turl = {product.Beside("gone.git")}\n");

        var failure = await Assert.ThrowsAsync<GraftException>(CheckOutAsync);

        Assert.Equal(
            (FailureKind.Outside, $"cannot fetch '6e7c2a1f' of the submodule 'lib' from '{product.Beside("gone.git")}': "
                + $"'{product.Beside("gone.git")}' does not appear to be a git repository"),
            (failure.Kind, failure.Message));
        Assert.False(Directory.Exists(product.Beside("checkout")));
    }

    [Theory]
    [InlineData("[submodule \"lib\"]\n\tpath = lib\n\turl = https://example.com/x\n\tupdate = none\n")]
    [InlineData("# knows nothing of it\n")]
    public async Task A_submodule_that_is_excluded_or_unknown_stays_empty(string modules)
    {
        AddSubmodule(modules);

        await using var checkout = await CheckOutAsync();

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(checkout.Folder, "lib")));
    }

    [Theory]
    [InlineData("../../evil", "https://example.com/x", "would leave its folder")]
    [InlineData("lib", "--upload-pack=touch owned", "would be read as an option")]
    public async Task What_could_do_harm_is_refused(string name, string url, string reason)
    {
        AddSubmodule($"[submodule \"{name}\"]\n\tpath = lib\n\turl = {url}\n");

        var failure = await Assert.ThrowsAsync<GraftException>(CheckOutAsync);

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.EndsWith(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_git_cannot_read_is_an_input_failure()
    {
        AddSubmodule("[submodule\n");

        var failure = await Assert.ThrowsAsync<GraftException>(CheckOutAsync);

        Assert.Equal((FailureKind.Input, "cannot read '.gitmodules': bad config line 1 in file .gitmodules"), (failure.Kind, failure.Message));
    }

    private void AddSubmodule(string modules)
    {
        product.Write(".gitmodules", modules);
        product.Git("add", ".gitmodules");
        product.Git("update-index", "--add", "--cacheinfo", $"160000,{Named},lib");
        product.Git("commit", "--quiet", "--message", "Add a submodule");
    }

    private async Task<CleanCheckout> CheckOutAsync()
    {
        var opened = await product.OpenAsync(TestContext.Current.CancellationToken);
        return await CleanCheckout.CreateAsync(opened, opened.Head, product.Beside("checkout"), TestContext.Current.CancellationToken);
    }
}
