using System.Text;

namespace Graft.Adapters.Git;

/// <summary>The configuration of a clean checkout: what it takes over from the original (how to reach remotes, filters), and what it overrules.</summary>
internal static class CheckoutSettings
{
    /// <summary>Holds against every configuration file and variable, since what is given with a call comes last.</summary>
    public static readonly IReadOnlyList<(string Key, string Value)> Overruling =
    [
        ("core.autocrlf", "false"), ("core.eol", "lf"), ("core.safecrlf", "false"), ("core.attributesFile", "/dev/null"),
        ("core.hooksPath", "/dev/null"), ("core.fsmonitor", "false"), ("core.untrackedCache", "false"),
        ("core.sparseCheckout", "false"), ("index.sparse", "false"), ("submodule.recurse", "false"),
        ("gc.auto", "0"), ("maintenance.auto", "false"), ("advice.detachedHead", "false"), ("checkout.workers", "0"),
        ("lfs.fetchinclude", ""), ("lfs.fetchexclude", ""),
        // By default git maps a gigabyte of a pack at once: what a large file streams through would count as its memory.
        ("core.packedGitWindowSize", "8m"), ("core.packedGitLimit", "32m"),
    ];

    /// <summary>
    /// Attributes above every .gitattributes: no line-end conversion even where one says <c>eol=crlf</c> (gitattributes(5): <c>eol</c> counts
    /// only where <c>text</c> is not unset). <c>filter</c> is another attribute, so LFS still works.
    /// </summary>
    public const string Attributes = "* -text\n";

    // Hooks, aliases, core.* and the sparse view stay behind.
    private static readonly string[] Kept = ["remote.", "url.", "http.", "credential.", "ssh.", "lfs.", "filter.", "core.sshcommand", "core.gitproxy"];

    /// <summary>
    /// The original's own settings that a checkout needs, out of <c>git config --local -z --list</c>; paths of remotes made absolute. Written to
    /// a file, never given as arguments: some are secrets.
    /// </summary>
    public static List<(string Key, string Value)> TakeOver(ReadOnlySpan<byte> listing, string? root)
    {
        var settings = new List<(string, string)>();
        while (!listing.IsEmpty)
        {
            var end = listing.IndexOf((byte)0);
            var text = Encoding.UTF8.GetString(listing[..end]);
            listing = listing[(end + 1)..];
            var line = text.IndexOf('\n', StringComparison.Ordinal);
            var key = line < 0 ? text : text[..line];
            if (Array.Exists(Kept, prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                var value = line < 0 ? "true" : text[(line + 1)..];
                settings.Add((key, IsRemoteUrl(key) && root is not null ? SubmoduleUrl.Absolute(value, root) : value));
            }
        }

        return settings;
    }

    /// <summary>The settings as git-config(1) reads them from a file.</summary>
    public static string Write(IEnumerable<(string Key, string Value)> settings)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in settings)
        {
            int first = key.IndexOf('.', StringComparison.Ordinal), last = key.LastIndexOf('.');
            var section = first == last ? key[..first] : $"{key[..first]} \"{Escape(key[(first + 1)..last])}\"";
            text.Append('[').Append(section).Append("]\n\t").Append(key[(last + 1)..]).Append(" = \"")
                .Append(Escape(value).Replace("\n", "\\n", StringComparison.Ordinal)).Append("\"\n");
        }

        return text.ToString();
    }

    private static bool IsRemoteUrl(string key) =>
        key.StartsWith("remote.", StringComparison.Ordinal)
        && (key.EndsWith(".url", StringComparison.Ordinal) || key.EndsWith(".pushurl", StringComparison.Ordinal));

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
