using Graft.Testing;

namespace Graft.Cli.Tests.Loops;

/// <summary>
/// The whole way of a hotfix between two people, each with a clone: from a download to the hotfix of a hotfix. The same wherever releases live.
/// </summary>
public abstract class HotfixLoopTests : IDisposable
{
    private const string Release = SampleProduct.Release;
    private const string FirstBranch = "hotfix/greeting";
    private const string SecondBranch = "hotfix/farewell";

    private readonly SampleProduct product;
    private readonly string other;

    /// <summary>Makes the product; <paramref name="publisher"/> is what its graft.yaml says of the publisher.</summary>
    protected HotfixLoopTests(string publisher)
    {
        product = new SampleProduct(SampleFiles.Configuration + publisher);
        other = product.Repository.Beside("other");
    }

    /// <summary>The product, whose worktree is the first person's clone.</summary>
    protected SampleProduct Product => product;

    private GraftRun Ada => Prepare(product.Graft);

    private GraftRun Bob => Prepare(new GraftRun { Directory = other, Home = product.Repository.Beside("bob") });

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void From_a_download_to_the_hotfix_of_a_hotfix()
    {
        PublishBase();
        File.Delete(product.At($"releases/{Release}.yaml"));

        // Ada fixes the live release.
        Run(Ada, "release download");
        Git(product.Root, "switch", "--quiet", "--create", FirstBranch, $"v{Release}");
        product.Repository.Commit("fix(web): greet whoever comes (#41)", ("src/web/public/index.html", "<p>Welcome, all.</p>\n"));
        product.Repository.Push();
        var first = Cut(Ada, $"--release {Release} --build-affected");
        Run(Ada, $"release publish {first} --yes --offline");

        // Bob, who was not there, fixes her fix.
        Git(product.Repository.Around, "clone", "--quiet", product.Repository.Remote, other);
        Join(other);
        Run(Bob, "release download");
        Assert.Equal(product.ReadManifest(first), File.ReadAllText(Path.Combine(other, "releases", $"{first}.yaml")));
        Assert.Equal(product.Read($"releases/{first}.lock.json"), File.ReadAllText(Path.Combine(other, "releases", $"{first}.lock.json")));
        Assert.Contains("\n## Fixes\n\n- greet whoever comes (#41, ", File.ReadAllText(Path.Combine(other, "releases", $"{first}.notes.md")), StringComparison.Ordinal);
        Git(other, "switch", "--quiet", "--create", SecondBranch, $"v{first}");
        Assert.Equal(Git(product.Root, "rev-parse", "HEAD"), Git(other, "rev-parse", "HEAD"));
        File.WriteAllText(Path.Combine(other, "src/web/public/index.html"), "<p>Welcome, all. Good bye.</p>\n");
        Git(other, "commit", "--quiet", "--all", "--message", "Say good bye");
        Git(other, "push", "--quiet", "origin", "HEAD");
        var second = Cut(Bob, $"--release {first} --build-affected");

        // Meanwhile Ada cut another one of hers, which would set his fix back.
        var third = Cut(Ada, $"--release {first} --set bitnami/redis=7.2.5");
        Run(Bob, $"release publish {second} --yes --offline");
        Git(product.Root, "fetch", "--quiet", "--tags", "origin");
        var refused = Ada.Run("release", "publish", third, "--yes", "--offline");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains($"'{second}' is a later hotfix of the same lineage, which has a commit that this branch lacks [newer-hotfix]", refused.Error, StringComparison.Ordinal);
        Run(Ada, $"hotfix abandon {third} --yes");

        Run(Ada, "release download");
        Assert.Equal($"{Release}\n└── {first}\n    └── {second}\n", Run(Ada, "release tree").Output);
        Assert.Equal(Git(other, "rev-parse", "HEAD"), Git(product.Root, "rev-parse", $"v{second}^{{commit}}"));
        Assert.Equal("", Git(product.Repository.Remote, "for-each-ref", "refs/graft"));
        var difference = Run(Ada, $"release diff {Release} {second} --json").Json().ToString();
        Assert.Contains("acme/web", difference, StringComparison.Ordinal);
        Assert.DoesNotContain("bitnami/redis", difference, StringComparison.Ordinal);
    }

    /// <summary>Puts the live release on the publisher, as older tools left it or as Graft does.</summary>
    protected abstract void PublishBase();

    /// <summary>Lets another clone see the same publisher.</summary>
    protected virtual void Join(string clone)
    {
    }

    /// <summary>What the program needs besides, such as a token.</summary>
    protected virtual GraftRun Prepare(GraftRun graft) => graft;

    /// <summary>Takes it all down.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            product.Dispose();
        }
    }

    private string Git(string where, params string[] arguments) => product.Repository.GitIn(where, arguments);

    private static string Cut(GraftRun graft, string what) => Run(graft, $"hotfix generate {what} --offline --json").Json().GetProperty("release").GetString()!;

    private static GraftResult Run(GraftRun graft, string line) => graft.Run(line.Split(' ')).Succeeded();
}
