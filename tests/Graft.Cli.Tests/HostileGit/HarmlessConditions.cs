using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>Configurations, environments and states of a repository under which nothing may come out otherwise; each gives the run that is in it.</summary>
internal static class HarmlessConditions
{
    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, Func<SampleProduct, GraftRun>> All { get; } = new Dictionary<string, Func<SampleProduct, GraftRun>>(StringComparer.Ordinal)
    {
        ["configuration that changes what git says"] = In(product => File.AppendAllText(product.At(".git/config"), NoisyConfiguration)),
        ["configuration from the environment"] = product => Configured(product, ("color.ui", "always"), ("diff.noprefix", "true"), ("core.quotePath", "true"), ("status.short", "true")),
        ["a repository named by the environment"] = NamedByEnvironment,
        ["traces and tools from the environment"] = product => new[] { "GIT_TRACE", "GIT_TRACE_PACKET", "GIT_TRACE_SETUP" }.Aggregate(
            product.Graft.With("GIT_EXTERNAL_DIFF", "false").With("GIT_PAGER", "false").With("GIT_EDITOR", "false").With("GIT_DIFF_OPTS", "-u9").With("GIT_ICASE_PATHSPECS", "1").With("LC_ALL", "de_DE.UTF-8"),
            (graft, variable) => graft.With(variable, "1")),
        ["failing hooks of a checkout"] = In(product => Hooks(product, ".git/hooks")),
        ["failing hooks elsewhere"] = In(product =>
        {
            Hooks(product, "../hooks");
            product.Repository.Git("config", "core.hooksPath", product.Repository.Beside("hooks"));
        }),
        ["a detached HEAD"] = In(product => product.Repository.Git("switch", "--quiet", "--detach")),
        ["a sparse checkout"] = In(product => product.Repository.Git("sparse-checkout", "set", "--cone", "src/web")),
        ["a sparse checkout of files"] = In(product => product.Repository.Git("sparse-checkout", "set", "--no-cone", "/graft.yaml")),
        ["a sparse index"] = In(product => product.Repository.Git("sparse-checkout", "set", "--cone", "--sparse-index", "src/web")),
        ["locks left behind"] = In(product => Array.ForEach(["index", "HEAD", "config", "packed-refs", "shallow"], name => product.Repository.Write($".git/{name}.lock", ""))),
        ["a branch with the tag's name"] = In(product => product.Repository.Git("branch", $"v{SampleProduct.Release}", "main")),
        ["a branch with the hotfix's tag's name"] = In(product => product.Repository.Git("branch", $"v{Story.Name}", "main")),
        ["a tag that is not annotated"] = In(product => product.Repository.Git("tag", "--force", $"v{SampleProduct.Release}", product.Released.ToString())),
        ["a tag of a tag"] = In(product =>
        {
            product.Repository.Git("tag", "inner", $"v{SampleProduct.Release}");
            product.Repository.Git("tag", "--force", "--annotate", "--message", "outer", $"v{SampleProduct.Release}", "inner");
        }),
        ["a tag that the remote has not"] = In(product => product.Repository.Git("push", "--quiet", "origin", "--delete", $"v{SampleProduct.Release}")),
        ["tags of other things"] = In(product =>
        {
            product.Repository.Git("tag", "v3.2.203001010002", "HEAD:graft.yaml");
            product.Repository.Git("tag", "--annotate", "--message", "a tree", "v3.2.203001010003", "HEAD^{tree}");
            product.Repository.Write(".git/refs/tags/v3.2.203001010004", "rubbish\n");
        }),
        ["a replaced base"] = In(product => product.Repository.Git("replace", product.Released.ToString(), "main")),
        ["a replaced HEAD"] = In(product => product.Repository.Git("replace", "HEAD", "main")),
        ["a replaced file"] = In(product => product.Repository.Git("replace", product.Repository.Git("rev-parse", "HEAD:src/api/app/session.conf"), product.Repository.Git("rev-parse", "HEAD:graft.yaml"))),
        ["grafted history"] = In(product => product.Repository.Write(".git/info/grafts", $"{product.Fix}\n")),
        ["a bisection"] = In(product => product.Repository.Git("bisect", "start", "HEAD", $"v{SampleProduct.Release}")),
        ["a folder with an odd name"] = product => Moved(product, " it's \"$(touch owned)\" ü;&*[a]?\\\t#%41 "),
        ["a folder that begins like an option"] = product => Moved(product, "-C"),
        ["a clone with just enough history"] = product => Cloned(product, "--depth=2"),
        ["a partial clone"] = product =>
        {
            product.Repository.GitIn(product.Repository.Remote, "config", "uploadpack.allowFilter", "true");
            product.Repository.GitIn(product.Repository.Remote, "config", "uploadpack.allowAnySHA1InWant", "true");
            return Cloned(product, "--filter=blob:none");
        },
        ["a clone of one branch"] = product => Cloned(product, "--single-branch"),
        ["a clone that borrows its objects"] = product => Cloned(product, "--shared"),
        ["untracked and ignored files"] = In(product =>
        {
            product.Repository.Write("src/api/app/stray", "stray\n");
            product.Repository.Write(".git/info/exclude", "*.ignored\n");
            product.Repository.Write("src/api/app/x.ignored", "ignored\n");
        }),
    };

    /// <summary>What users put into their configuration, and what would make git fail where it ran.</summary>
    private const string NoisyConfiguration = """
        [color]
            ui = always
        [core]
            quotePath = true
            fsmonitor = false-program
            untrackedCache = true
            autocrlf = true
            eol = crlf
            pager = false
            editor = false
            abbrev = 4
            splitIndex = true
        [diff]
            external = false
            noprefix = true
            mnemonicPrefix = true
            renames = copies
            ignoreSubmodules = all
            orderFile = /nonexistent
            wsErrorHighlight = all
            colorMoved = zebra
            relative = true
            context = 9
            interHunkContext = 9
        [status]
            showUntrackedFiles = all
            short = true
            branch = true
            relativePaths = false
        [log]
            showSignature = true
            decorate = full
            date = relative
        [format]
            pretty = oneline
        [submodule]
            recurse = true
        [fetch]
            prune = true
            pruneTags = true
        [push]
            default = nothing
            followTags = true
        [commit]
            gpgSign = true
        [tag]
            sort = -creatordate
        [column]
            ui = always
        [alias]
            status = !false
            rev-parse = !false
            ls-remote = !false
            diff-tree = !false
            tag = !false
        [index]
            version = 4
        [feature]
            manyFiles = true
        [init]
            templateDir = /nonexistent
        [transfer]
            fsckObjects = true

        """;

    private static Func<SampleProduct, GraftRun> In(Action<SampleProduct> prepare) => product =>
    {
        prepare(product);
        return product.Graft;
    };

    private static void Hooks(SampleProduct product, string folder)
    {
        foreach (var name in new[] { "post-checkout", "post-index-change", "post-commit", "pre-commit", "post-rewrite", "pre-auto-gc", "post-merge", "fsmonitor-watchman" })
        {
            var hook = product.At($"{folder}/{name}");
            Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
            File.WriteAllText(hook, $"#!/bin/sh\ntouch '{product.Repository.Beside("hooked")}'\nexit 1\n");
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static GraftRun Configured(SampleProduct product, params (string Key, string Value)[] settings)
    {
        var graft = product.Graft.With("GIT_CONFIG_COUNT", $"{settings.Length}");
        for (var i = 0; i < settings.Length; i++)
        {
            graft = graft.With($"GIT_CONFIG_KEY_{i}", settings[i].Key).With($"GIT_CONFIG_VALUE_{i}", settings[i].Value);
        }

        return graft;
    }

    // As in a hook, or an alias, of another repository.
    private static GraftRun NamedByEnvironment(SampleProduct product)
    {
        var other = product.Repository.Beside("other");
        product.Repository.Git("init", "--quiet", other);
        return product.Graft.With("GIT_DIR", $"{other}/.git").With("GIT_WORK_TREE", other).With("GIT_INDEX_FILE", $"{other}/.git/index")
            .With("GIT_OBJECT_DIRECTORY", $"{other}/.git/objects").With("GIT_COMMON_DIR", $"{other}/.git").With("GIT_PREFIX", "src/").With("GIT_GRAFT_FILE", $"{other}/grafts");
    }

    private static GraftRun Moved(SampleProduct product, string folder)
    {
        var place = Path.Combine(product.Repository.Beside("moved"), folder);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.Move(product.Root, place);
        return product.Graft with { Directory = place };
    }

    /// <summary>A clone of the remote with what is not in git beside it: manifests, images, the publisher.</summary>
    private static GraftRun Cloned(SampleProduct product, params string[] how)
    {
        var clone = product.Repository.Beside("clone");
        product.Repository.Git(["clone", "--quiet", "--branch", SampleProduct.Branch, .. how, $"file://{product.Repository.Remote}", clone]);
        product.Repository.GitIn(clone, ["fetch", "--quiet", .. how.Where(option => option.StartsWith("--depth", StringComparison.Ordinal)), "origin", "tag", $"v{SampleProduct.Release}"]);
        Directory.Move(product.At("releases"), Path.Combine(clone, "releases"));
        Directory.Move(product.At(".graft"), Path.Combine(clone, ".graft"));
        return product.Graft with { Directory = clone };
    }
}
