using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>
/// A state in which no hotfix can be cut: how it comes about, what generating one ends with and says, and what the other commands end with.
/// <c>Error</c> and <c>Hint</c> are what a person reads, without the labels; in them <c>{product}</c> is the worktree and <c>{HEAD}</c> the commit there.
/// </summary>
internal sealed record RefusedCondition(Func<SampleProduct, GraftRun> Prepare, int Exit, string Error, string? Hint, int Affected, int List)
{
    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, RefusedCondition> All { get; } = new Dictionary<string, RefusedCondition>(StringComparer.Ordinal)
    {
        ["no commit yet"] = new(In(product => product.Repository.Git("switch", "--quiet", "--orphan", "nothing")), 4, "the repository at '{product}' has no commit yet", null, 4, 4),
        ["a bare repository"] = new(
            product => product.Graft with { Directory = product.Repository.Remote }, 4, "is in a git repository without a worktree", "go to a checkout, or make one with `git worktree add`", 4, 4),
        ["another user's repository"] = new(
            product => product.Graft.With("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"), 4,
            "cannot open the repository at '{product}': it belongs to another user", "if you trust it: `git config --global --add safe.directory {product}`", 4, 4),
        ["broken references"] = new(In(product => product.Repository.Write(".git/packed-refs", "rubbish\n")), 4, "cannot open the repository at '{product}': unexpected line in .git/packed-refs: rubbish", null, 4, 4),
        ["a broken configuration"] = new(In(product => product.Repository.Write(".git/config", "[core\n")), 4, "cannot open the repository at '{product}': bad config line 1 in file .git/config", null, 4, 4),
        ["a broken index"] = new(In(product => product.Repository.Write(".git/index", "rubbish")), 5, "index file smaller than expected", null, 5, 0),
        ["HEAD's commit broken"] = new(In(product => Break(product, "HEAD")), 5, "is corrupt", null, 5, 0),
        ["HEAD's tree broken"] = new(In(product => Break(product, "HEAD^{tree}")), 5, "is corrupt", null, 5, 0),
        ["a Dockerfile broken"] = new(In(product => Break(product, "HEAD:src/api/Dockerfile")), 5, "cannot read ", "the repository is damaged; `git fsck` says where", 5, 0),
        ["a Dockerfile lost"] = new(In(product => Lose(product, "HEAD:src/api/Dockerfile")), 5, "is missing", "the repository is damaged; `git fsck` says where", 5, 0),
        ["the base's commit lost"] = new(In(product => Lose(product, $"v{SampleProduct.Release}^{{commit}}")), 5, "missing object", null, 4, 0),
        ["a hole in history"] = new(
            In(product =>
            {
                product.Repository.Commit("More");
                product.Repository.Push();
                Lose(product, product.Fix.ToString());
            }), 5, "Could not read ", null, 4, 0),
        ["no tag, but a branch of its name"] = new(
            In(product =>
            {
                product.Repository.Git("tag", "--delete", $"v{SampleProduct.Release}");
                product.Repository.Git("branch", $"v{SampleProduct.Release}", "main");
            }), 4, $"tag 'v{SampleProduct.Release}' of release '{SampleProduct.Release}' is not here", "`git fetch --tags`", 4, 0),
        ["a tag of a file"] = new(In(product => Tag(product, "HEAD:graft.yaml")), 4, $"tag 'v{SampleProduct.Release}' of release '{SampleProduct.Release}' leads to no commit", "`git fetch --tags --force origin` takes the one of 'origin'", 4, 0),
        ["an annotated tag of a folder"] = new(
            In(product => product.Repository.Git("tag", "--force", "--annotate", "--message", "x", $"v{SampleProduct.Release}", "HEAD:src")), 4, "leads to no commit", "`git fetch --tags --force origin` takes the one of 'origin'", 4, 0),
        ["a tag moved here"] = new(In(product => Tag(product, "HEAD")), 3, $"tag 'v{SampleProduct.Release}' is at {{HEAD}}, but the manifest", "'origin' has it where the manifest says: `git fetch --tags --force origin`", 0, 0),
        ["a tag moved on the remote"] = new(
            In(product => product.Repository.GitIn(product.Repository.Remote, "tag", "--force", $"v{SampleProduct.Release}", "main")), 3,
            $"here and in the manifest of '{SampleProduct.Release}', but at", "somebody moved it; find out which one is live before going on", 0, 0),
        ["a tag moved here and on the remote"] = new(
            In(product =>
            {
                Tag(product, "HEAD");
                product.Repository.Git("push", "--quiet", "--force", "origin", $"v{SampleProduct.Release}");
            }), 3, $"tag 'v{SampleProduct.Release}' is at {{HEAD}}, but the manifest", "find out which one is live before going on", 0, 0),
        ["a detached HEAD that nobody else has"] = new(
            In(product =>
            {
                product.Repository.Git("switch", "--quiet", "--detach");
                product.Repository.Commit("More");
            }), 3, "HEAD {HEAD} is on no branch of 'origin'", "push it to a branch of 'origin'", 0, 0),
        ["the middle of a merge"] = new(
            In(product => Stop(product, "merge", "--no-commit", "--no-ff", "main")), 3,
            "tracked files are modified: src/web/public/index.html; a merge is not finished", "finish it with `git merge --continue`, or leave it with `git merge --abort`", 0, 0),
        ["the middle of a cherry-pick"] = new(
            In(product =>
            {
                product.Repository.Commit("Two", ("src/web/public/index.html", "<p>Hello.</p>\n"));
                product.Repository.Push();
                Assert.Throws<InvalidOperationException>(() => Stop(product, "cherry-pick", "main"));
            }), 3, "tracked files are modified: src/web/public/index.html; a cherry-pick is not finished", "finish it with `git cherry-pick --continue`, or leave it with `git cherry-pick --abort`", 0, 0),
        ["a clone without the history"] = new(product => Cloned(product, "--depth=1"), 4, "is not here", "`git fetch --unshallow --tags`", 4, 0),
        ["a partial clone without its remote"] = new(
            product =>
            {
                product.Repository.GitIn(product.Repository.Remote, "config", "uploadpack.allowFilter", "true");
                var graft = Cloned(product, "--filter=blob:none");
                Directory.Move(product.Repository.Remote, product.Repository.Beside("gone.git"));
                return graft;
            }, 5, "the clone is partial, and its remote was not reached: ", "see that `git fetch` works", 0, 0),
    };

    private static Func<SampleProduct, GraftRun> In(Action<SampleProduct> prepare) => product =>
    {
        prepare(product);
        return product.Graft;
    };

    private static void Tag(SampleProduct product, string what) => product.Repository.Git("tag", "--force", $"v{SampleProduct.Release}", what);

    private static void Stop(SampleProduct product, params string[] command) => product.Repository.Git(command);

    private static void Break(SampleProduct product, string revision) => File.WriteAllText(Unlock(product, revision), "rubbish");

    private static void Lose(SampleProduct product, string revision) => File.Delete(Unlock(product, revision));

    private static string Unlock(SampleProduct product, string revision)
    {
        var id = product.Repository.Git("rev-parse", revision);
        var path = product.At($".git/objects/{id[..2]}/{id[2..]}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static GraftRun Cloned(SampleProduct product, string how)
    {
        var clone = product.Repository.Beside("clone");
        product.Repository.Git("clone", "--quiet", "--branch", SampleProduct.Branch, how, $"file://{product.Repository.Remote}", clone);
        Directory.Move(product.At("releases"), Path.Combine(clone, "releases"));
        Directory.Move(product.At(".graft"), Path.Combine(clone, ".graft"));
        return product.Graft with { Directory = clone };
    }
}
