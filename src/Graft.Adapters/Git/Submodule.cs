using System.Text;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>A submodule of a checkout: its name and URL out of .gitmodules, its path, and the commit that the superproject's commit names.</summary>
internal sealed record Submodule(string Name, string Path, string Url, CommitId Commit)
{
    /// <summary>
    /// The submodules of a checkout, without those that .gitmodules excludes (<c>update = none</c>). One that it does not know stays an
    /// empty folder, as git leaves it.
    /// </summary>
    public static async Task<IReadOnlyList<Submodule>> ReadAsync(GitCommand git, CancellationToken cancellationToken)
    {
        var listing = await git.RunAsync(["config", "--file", ".gitmodules", "--no-includes", "-z", "--list"], cancellationToken);
        if (!listing.Succeeded)
        {
            throw GraftException.Input($"cannot read '.gitmodules': {GitWords.LastOf(listing)}");
        }

        var tree = await git.DoAsync("cannot read the submodules", ["ls-tree", "-r", "-z", "--full-tree", "HEAD"], cancellationToken);
        var named = ReadNames(listing.Output.Span);
        var submodules = new List<Submodule>();
        foreach (var entry in GitRepository.ParseTree(tree.Output.Span).Where(entry => entry.Kind == TreeEntryKind.Submodule))
        {
            var (name, keys) = named.FirstOrDefault(module => module.Value.GetValueOrDefault("path") == entry.Path);
            if (name is null || keys.GetValueOrDefault("update") == "none")
            {
                continue;
            }

            // The name becomes a folder's, in .git/modules; git refuses the same names since CVE-2018-11235.
            if (name.Split('/', '\\').Any(part => part is "" or "." or ".."))
            {
                throw GraftException.Input($"'.gitmodules' has a submodule named '{name}', which would leave its folder");
            }

            var url = keys.GetValueOrDefault("url") ?? throw GraftException.Input($"'.gitmodules' has no url for the submodule '{name}'");
            submodules.Add(url.StartsWith('-')
                ? throw GraftException.Input($"'.gitmodules' has the url '{url}' for the submodule '{name}', which would be read as an option")
                : new Submodule(name, entry.Path, url, CommitId.Parse(entry.ObjectId)));
        }

        return submodules;
    }

    private static Dictionary<string, Dictionary<string, string>> ReadNames(ReadOnlySpan<byte> listing)
    {
        var modules = new Dictionary<string, Dictionary<string, string>>();
        foreach (var setting in Encoding.UTF8.GetString(listing).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            const string prefix = "submodule.";
            var line = setting.IndexOf('\n', StringComparison.Ordinal);
            var key = line < 0 ? "" : setting[..line];
            var dot = key.LastIndexOf('.');
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || dot <= prefix.Length)
            {
                continue;
            }

            var name = key[prefix.Length..dot];
            if (!modules.TryGetValue(name, out var keys))
            {
                modules[name] = keys = [];
            }

            keys[key[(dot + 1)..]] = setting[(line + 1)..];
        }

        return modules;
    }
}
