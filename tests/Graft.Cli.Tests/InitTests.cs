using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary><c>graft init</c> as a user runs it.</summary>
public sealed class InitTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    private GraftRun Graft => new() { Directory = repository.Root, Home = repository.Beside("user") };

    private string File => repository.At("graft.yaml");

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Writes_a_file_and_says_what_it_guessed()
    {
        CommitShop();

        var result = Graft.Run("init").Succeeded();

        Assert.Equal("", result.Output);
        Golden.Check("tests/Graft.Cli.Tests/Goldens/init.golden", $"{result.Error}--- graft.yaml\n{System.IO.File.ReadAllText(File)}");
        Assert.Equal("?? graft.yaml", repository.Git("status", "--porcelain"));
    }

    [Fact]
    public void What_it_writes_can_be_used_at_once()
    {
        CommitShop();
        Graft.Run("init").Succeeded();
        repository.Commit("Configure graft");

        Assert.Equal("", Graft.Run("release", "list", "--json").Succeeded().Error);
    }

    [Fact]
    public void Refuses_to_replace_a_file_unless_forced()
    {
        CommitShop();
        repository.Write("graft.yaml", "product: mine\n");

        var refused = Graft.Run("init");
        Assert.Equal(4, refused.ExitCode);
        Assert.StartsWith("error: 'graft.yaml' exists already\nhint: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal("product: mine\n", System.IO.File.ReadAllText(File));

        Graft.Run("init", "--force").Succeeded();
        Assert.Contains("\nproduct: origin\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_file_as_seen_from_where_the_user_stands()
    {
        CommitShop();
        var graft = Graft with { Directory = repository.At("src") };

        var first = graft.Run("init").Succeeded();
        var second = graft.Run("init");

        Assert.EndsWith("../graft.yaml: written, with 3 images\nnext: look it over, then `git add ../graft.yaml` and commit\n", first.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: '../graft.yaml' exists already\n", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_writes_to_standard_output_only()
    {
        CommitShop();

        var result = Graft.Run("init", "--dry-run").Succeeded();

        Assert.StartsWith("# What Graft knows", result.Output, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
        Graft.Run("init").Succeeded();
        Assert.Equal(result.Output, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Gives_what_was_found_as_one_document()
    {
        CommitShop();

        var document = Graft.Run("init", "--json", "--dry-run").Succeeded().Json();

        Assert.True(document.GetProperty("dryRun").GetBoolean());
        Assert.Equal(["acme/api", "acme/base", "acme/web"], document.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("image").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Looks_at_the_worktree_where_nothing_is_committed_yet()
    {
        repository.Write("Dockerfile", "FROM scratch\nCOPY a /\n");
        repository.Write("a", "");

        var result = Graft.Run("init").Succeeded();

        Assert.Contains("must be committed before graft can use them", result.Error, StringComparison.Ordinal);
        Assert.Contains("- dockerfiles: Dockerfile\n    name: origin/origin\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Never_reads_variables_that_are_not_committed()
    {
        repository.Write("Dockerfile", "FROM scratch\nARG TOKEN\nCOPY a /\n");
        repository.Write("compose.yaml", "services:\n  api:\n    build: { context: ., args: { TOKEN: '${TOKEN}', A: '1' } }\n");
        repository.Write(".env", "TOKEN=secret\n");
        repository.Write("a", "");
        var uncommitted = Graft.Run("init", "--dry-run").Succeeded();

        repository.Git("add", "Dockerfile", "compose.yaml", "a");
        repository.Git("commit", "--quiet", "--message", "A service");
        var committed = Graft.Run("init", "--dry-run").Succeeded();

        Assert.Contains("A: \"1\"", uncommitted.Output, StringComparison.Ordinal);
        Assert.Contains("A: \"1\"", committed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", uncommitted.Output + committed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(".env", uncommitted.Error + committed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_of_a_dockerfile_that_is_not_committed()
    {
        CommitShop();
        repository.Write("src/new/Dockerfile", "FROM scratch\n");

        Assert.Contains("warning: 'src/new/Dockerfile' is not committed", Graft.Run("init").Succeeded().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("new", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_repository_without_any_image()
    {
        Assert.Contains("images: []\n", Graft.Run("init", "--dry-run").Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(
            "guess: the product is called 'origin', as the repository is in the address of the remote 'origin'\n"
            + "warning: no Dockerfile that builds an image was found; the file says how to name one\ngraft.yaml: written, with 0 images\nnext: look it over, then `git add graft.yaml` and commit\n",
            Graft.Run("init").Succeeded().Error);
    }

    [Theory]
    [InlineData("https://user:secret@github.com/acme/shop.git", "shop", "github:acme/shop")]
    [InlineData("git@github.com:acme/shop.git", "shop", "github:acme/shop")]
    [InlineData("ssh://git@example.com:22/group/sub/shop", "shop", "github:OWNER/REPO")]
    public void Takes_the_products_name_from_the_remote(string address, string product, string publisher)
    {
        repository.Git("remote", "set-url", "origin", address);

        var result = Graft.Run("init", "--dry-run").Succeeded();

        Assert.Contains($"\nproduct: {product}\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"or {publisher}\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Output + result.Error, StringComparison.Ordinal);
    }

    private void CommitShop() => repository.Commit(
        "The shop",
        ("src/api/Dockerfile", "ARG REGISTRY=ghcr.io/acme\nFROM ${REGISTRY}/base:latest\nCOPY app /app\n"),
        ("src/api/app/a", ""),
        ("src/web/Dockerfile", "FROM acme/base\nCOPY src/web/public src/common /srv/\n"),
        ("src/web/public/a", ""),
        ("src/common/a", ""),
        ("src/base/Dockerfile", "FROM scratch\nCOPY built/tool /\n"),
        ("src/odd/Dockerfile", "COPY x /\n"),
        ("releases/3.2.202511230446.yaml", "name: 3.2.202511230446\ncommit: 0123456789012345678901234567890123456789\nimages:\n  acme/api: 3.2.202511230446-01234567\n  acme/base: 3.2.202511230446-01234567\n  acme/web: 3.2.202511230446-01234567\n"));
}
