using Graft.Adapters.Git;
using Graft.Testing;

namespace Graft.Adapters.Tests.Git;

public sealed class CleanCheckoutSubmoduleTests : IDisposable
{
    private readonly TemporaryRepository product = new();
    private readonly TemporaryRepository library = new();
    private readonly TemporaryRepository inner = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public CleanCheckoutSubmoduleTests()
    {
        inner.Commit("Inner", ("inner.txt", "inner\n"), (".gitattributes", "* text eol=crlf\n"));
        inner.Push();
        Add(library, inner, "deps/inner");
        library.Commit("Library", ("library.txt", "library\n"));
        library.Push();
        Add(product, library, "lib");
        product.Git("submodule", "--quiet", "update", "--init", "--recursive");
        product.Commit("Product");
    }

    public void Dispose()
    {
        product.Dispose();
        library.Dispose();
        inner.Dispose();
    }

    [Fact]
    public async Task Submodules_come_without_their_remotes_at_the_commit_that_is_named()
    {
        var named = library.Head;
        product.GitIn(product.At("lib"), "commit", "--quiet", "--allow-empty", "--message", "Not the one");
        Directory.Delete(library.Remote, recursive: true);
        Directory.Delete(inner.Remote, recursive: true);

        await using var checkout = await CheckOutAsync(product.Root);

        Assert.Equal("library\n", await ReadAsync(checkout, "lib/library.txt"));
        Assert.Equal("inner\n", await ReadAsync(checkout, "lib/deps/inner/inner.txt"));
        Assert.Equal(named.ToString(), product.GitIn(Path.Combine(checkout.Folder, "lib"), "rev-parse", "HEAD"));
        Assert.Equal("", product.GitIn(checkout.Folder, "status", "--porcelain"));
        Assert.Equal(library.Remote, product.GitIn(Path.Combine(checkout.Folder, "lib"), "config", "remote.origin.url"));
    }

    [Fact]
    public async Task Submodules_come_in_a_linked_worktree_that_never_had_them()
    {
        var linked = product.Beside("linked");
        product.Git("worktree", "add", "--quiet", "-b", "fix", linked);
        Directory.Delete(library.Remote, recursive: true);
        Directory.Delete(inner.Remote, recursive: true);

        await using var checkout = await CheckOutAsync(linked);

        Assert.Equal("inner\n", await ReadAsync(checkout, "lib/deps/inner/inner.txt"));
    }

    [Fact]
    public async Task A_submodule_that_was_never_fetched_is_fetched()
    {
        product.Push();
        var clone = product.Beside("clone");
        product.Git("clone", "--quiet", product.Remote, clone);

        await using var checkout = await CheckOutAsync(clone);

        Assert.Equal("inner\n", await ReadAsync(checkout, "lib/deps/inner/inner.txt"));
    }

    private static void Add(TemporaryRepository to, TemporaryRepository submodule, string path) =>
        to.Git("submodule", "--quiet", "add", submodule.Remote, path);

    private async Task<CleanCheckout> CheckOutAsync(string from)
    {
        var opened = await GitRepository.OpenAsync(from, TemporaryRepository.Runner, cancellation);
        return await CleanCheckout.CreateAsync(opened, opened.Head, product.Beside("checkout"), cancellation);
    }

    private Task<string> ReadAsync(CleanCheckout checkout, string path) => File.ReadAllTextAsync(Path.Combine(checkout.Folder, path), cancellation);
}
