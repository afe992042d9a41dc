using System.Text.RegularExpressions;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// What is known of buildah 1.28 and not of BuildKit. Each has a case in <see cref="BuildahDifferencesTests"/>, and is told from any other difference by
/// the line, or by the files on which the rules themselves differ.
/// </summary>
internal static partial class BuildahDifferences
{
    public static async Task<(int Line, string Why)?> FindLineAsync(Comparison comparison)
    {
        if (comparison.Ours is { Error: { } refusal, Line: { } line })
        {
            return refusal.Contains("sources cannot be copied to", StringComparison.Ordinal) ? (line, "several files to one name")
                : refusal.Contains("in the image, and cannot become", StringComparison.Ordinal) ? (line, "a file and a folder of one name")
                : FindReason(comparison.Context, SourcesOf(comparison.Context.Instructions[line - 1])) is { } reason ? (line, reason)
                : null;
        }

        if (comparison.Theirs is not { Error: { } error, Line: { } theirs })
        {
            return null;
        }

        if (error.Contains("internal error: renamed", StringComparison.Ordinal))
        {
            return (theirs, "a file left out, and a folder under another name");
        }

        return EmptyGlob().Match(error) is { Success: true } match && await FindMatchesAsync(comparison, GlobOf(match, comparison), error.Contains("COPY --from", StringComparison.Ordinal)) is { } why
            ? (theirs, why) : null;
    }

    public static string? FindFiles(Comparison comparison)
    {
        var known = FindPaths(comparison.Context);
        var ours = comparison.OnlyOurs.ToLookup(ExportedFiles.PathOf);
        var theirs = comparison.OnlyTheirs.ToLookup(ExportedFiles.PathOf);
        var isKnown = known.Count > 0 && comparison.Ours.Files is not null && comparison.Theirs.Files is not null
            && ours.Concat(theirs).All(output => ours[output.Key].Concat(theirs[output.Key]).Any(line => known.Keys.Any(path => IsFrom(line, path, comparison.Context))));
        return isKnown ? known.Values.First() : null;
    }

    /// <summary>What we find for a glob of which buildah says that it matches nothing, if it is known why; null when we find more.</summary>
    private static async Task<string?> FindMatchesAsync(Comparison comparison, string glob, bool fromStage)
    {
        if (!fromStage && FindReason(comparison.Context, [glob]) is { } why)
        {
            return why;
        }

        var context = comparison.Context;
        var above = fromStage ? context.Instructions.TakeWhile(instruction => instruction != "FROM scratch") : ["FROM scratch AS first"];
        // With all of the context at hand: where a folder is only for what is taken of it, it would be refused.
        comparison.Bench.Write(context.Dockerfile, $"{string.Join('\n', above)}\nFROM scratch\nCOPY {(fromStage ? "--from=first " : "")}[\"{glob}\", \"/x/\"]\nFROM scratch\nCOPY --from=1 / /\nCOPY . /all/\n");
        try
        {
            var image = await comparison.Bench.BuildAsync(source => source with { Dockerfile = context.Dockerfile, Context = context.Context });
            var found = (await ImageWorkbench.LayersAsync(image))[0];
            return found.Count == 0 ? "a wildcard that matches nothing" : found.Count == 1 ? "a folder without content" : null;
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input)
        {
            return null;
        }
        finally
        {
            comparison.Bench.Write(context.Dockerfile, context.Text);
        }
    }

    private static string GlobOf(Match match, Comparison comparison) =>
        match.Groups["path"].Value.Replace(Path.GetFullPath(Path.Combine(comparison.Bench.Checkout, comparison.Context.Context)), "", StringComparison.Ordinal);

    private static string? FindReason(RandomContext context, IEnumerable<string> sources)
    {
        var rules = sources.Select(source => new BuildahRules(UnixPath.Clean("/" + source)[1..])).ToList();
        return FindPaths(context).FirstOrDefault(path => rules.Exists(rule => rule.IsIgnored(path.Key))).Value;
    }

    private static IEnumerable<string> SourcesOf(string instruction)
    {
        var words = instruction.Contains('[', StringComparison.Ordinal) && instruction.EndsWith("\"]", StringComparison.Ordinal)
            ? instruction[(instruction.IndexOf("[\"", StringComparison.Ordinal) + 2)..^2].Split("\", \"")
            : instruction.Split(' ').Skip(1).Where(word => !word.StartsWith("--", StringComparison.Ordinal));
        return words.SkipLast(1);
    }

    /// <summary>The paths of a context of which buildah's rules make something else than BuildKit's, with the reason.</summary>
    private static Dictionary<string, string> FindPaths(RandomContext context)
    {
        var ours = IgnoreRules.Parse(context.Ignore, context.IgnoreFile);
        var theirs = new BuildahRules(context.Ignore);
        var known = context.Paths.Where(path => Sources(path).Any(source => theirs.Takes(source, path) == ours.IsIgnored(path)))
            .ToDictionary(path => path, _ => context.Ignore.Contains('!', StringComparison.Ordinal) ? "an exception read otherwise" : "a pattern read otherwise");
        foreach (var folder in context.Paths.Where(path => ours.IsIgnored(path) && context.Paths.Any(below => below.StartsWith(path + "/", StringComparison.Ordinal) && !ours.IsIgnored(below))))
        {
            known.TryAdd(folder, "the mode of an ignored folder with an exception in it");
        }

        // The middle of a source with wildcards.
        var middle = context.Instructions.SelectMany(SourcesOf).Any(source => PathPattern.HasWildcards(source) && UnixPath.Clean("/" + source).LastIndexOf('/') > 0);
        foreach (var (link, target) in context.Links)
        {
            var folder = UnixPath.Clean($"/{link}/../{target}")[1..];
            foreach (var path in context.Paths.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)))
            {
                if (ours.IsIgnored(path) ? !theirs.IsIgnored(link + path[folder.Length..]) : middle)
                {
                    known.TryAdd(path, ours.IsIgnored(path) ? "an ignored file behind a link" : "a wildcard through a link");
                }
            }
        }

        return known;
    }

    private static IEnumerable<string> Sources(string path)
    {
        yield return "";
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }

        yield return path;
    }

    // A file's content is its path, so it tells where it is from. Of others there is the name, and a destination may be there only for what is in it.
    private static bool IsFrom(string line, string path, RandomContext context)
    {
        var name = ExportedFiles.PathOf(line).Split('/')[^1];
        return context.Files.Contains(path) && line.Contains(" = ", StringComparison.Ordinal)
            ? line.EndsWith(" = " + path, StringComparison.Ordinal)
            : path.Split('/').Contains(name) || (!line.Contains(" = ", StringComparison.Ordinal) && context.Instructions.Exists(instruction => instruction.Contains(name, StringComparison.Ordinal)));
    }

    [GeneratedRegex("(no items matching glob |stat: \\[)\"([^\"]*/vfs/dir/[0-9a-f]+)?(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyGlob();
}
