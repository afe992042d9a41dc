using System.Text;
using System.Text.RegularExpressions;
using Graft.Core.Dockerfiles;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// An ignore file as buildah 1.28 reads it, made from its source and not from ours: <c>ParseIgnore</c> of openshift/imagebuilder,
/// <c>fileutils.PatternMatcher</c> of containers/storage, <c>add.go</c> and <c>copier.go</c> of buildah.
/// </summary>
internal sealed class BuildahRules
{
    private readonly List<(bool IsException, string Text, Regex Regex)> patterns = [];

    public BuildahRules(string text)
    {
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Trim('/').Trim()).Where(line => line.Length > 0))
        {
            var clean = UnixPath.Clean(line);
            var isException = clean[0] == '!';
            var path = isException ? UnixPath.Clean(clean[1..]).TrimStart('/') : clean;
            patterns.Add((isException, path, ToRegex(path)));
        }
    }

    /// <summary>Whether the last pattern that matches the path, or a folder above it, is one that ignores.</summary>
    public bool IsIgnored(string path) => patterns.FindLast(pattern => pattern.Regex.IsMatch(path)) is { Regex: not null, IsException: false };

    /// <summary>Whether a path comes into an image when a source matched <paramref name="source"/>, which is it or a folder above it, or empty for the context.</summary>
    public bool Takes(string source, string path) =>
        !IsIgnored(path) && (source.Length == 0 || source == path || !IsIgnored(source) || patterns.Exists(pattern => pattern.IsException && pattern.Text.StartsWith(source + "/", StringComparison.Ordinal)))
        && Between(source, path).All(folder => !IsIgnored(folder) || patterns.Exists(pattern => pattern.IsException && (pattern.Text + "/").StartsWith(folder, StringComparison.Ordinal)));

    private static IEnumerable<string> Between(string source, string path)
    {
        for (var slash = path.IndexOf('/', source.Length == 0 || source == path ? 0 : source.Length + 1); slash > 0 && source != path; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private static Regex ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                i += i + 2 < pattern.Length && pattern[i + 2] == '/' ? 2 : 1;
                regex.Append(i + 1 == pattern.Length ? ".*" : "(.*/)?");
            }
            else
            {
                regex.Append(pattern[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    '[' or ']' or '^' or '-' => pattern[i].ToString(),
                    '\\' when i + 1 < pattern.Length => Regex.Escape(pattern[++i].ToString()),
                    var c => Regex.Escape(c.ToString()),
                });
            }
        }

        return new Regex(regex.Append("(/.*)?$").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
