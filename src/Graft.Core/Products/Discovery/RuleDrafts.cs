namespace Graft.Core.Products.Discovery;

/// <summary>Puts images together under rules: stages of one Dockerfile under one, and a regular layout under one glob.</summary>
internal static class RuleDrafts
{
    private const string Directory = "{dir}";
    private const string IgnoreEnding = ".dockerignore";

    /// <summary>The rules, larger ones first; together they find exactly these images among these paths.</summary>
    public static IReadOnlyList<RuleDraft> Of(IReadOnlyList<DiscoveredImage> images, IReadOnlyList<string> paths)
    {
        var staged = images.Where(image => image.Source.Target is not null)
            .GroupBy(image => (image.Source.Dockerfile, image.Source.Context, Settings(image.Source)))
            .SelectMany(Stages);
        var whole = images.Where(image => image.Source.Target is null).ToList();
        var globs = new List<RuleDraft>();
        var candidates = paths.Where(IsLikeDockerfile).ToList();
        while (whole.Count > 1 && Best(whole, candidates) is { } best)
        {
            globs.Add(best);
            whole.RemoveAll(best.Images.Contains);
        }

        return [.. globs.Concat(whole.Select(Single).Concat(staged).OrderBy(rule => rule.Dockerfiles, StringComparer.Ordinal))];
    }

    // A stage is a key of `targets`, so one that two images are made of needs two rules.
    private static IEnumerable<RuleDraft> Stages(IEnumerable<DiscoveredImage> images)
    {
        var left = images.ToList();
        while (left.Count > 0)
        {
            var together = left.DistinctBy(image => image.Source.Target).ToList();
            left.RemoveAll(together.Contains);
            var source = together[0].Source;
            yield return new RuleDraft(Escaped(source.Dockerfile), null, ContextOf(source), together)
            {
                Targets = [.. together.Select(image => KeyValuePair.Create(image.Source.Target!, image.Source.Image.Text))],
            };
        }
    }

    private static RuleDraft Single(DiscoveredImage image) => new(Escaped(image.Source.Dockerfile), image.Source.Image.Text, ContextOf(image.Source), [image]);

    private static RuleDraft? Best(IReadOnlyList<DiscoveredImage> images, IReadOnlyList<string> paths)
    {
        var drafts = images
            .SelectMany(image => Globs(image.Source.Dockerfile).Select(glob => (image, glob)))
            .Select(pair => (pair.image, pair.glob, Name: Template(pair.image.Source, pair.glob)))
            .Where(found => found.Name is not null)
            .GroupBy(found => (found.glob, found.Name, Context: ContextOf(found.image.Source), Settings: Settings(found.image.Source)))
            .Where(group => group.Count() > 1)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.glob.Count(c => c == '*'))
            .ThenBy(group => group.Key.glob, StringComparer.Ordinal);
        foreach (var group in drafts)
        {
            var found = group.Select(member => member.image).ToList();
            var own = found.Select(image => image.Source.Dockerfile).ToHashSet(StringComparer.Ordinal);
            var glob = Glob.Parse(group.Key.glob);
            var others = paths.Where(path => glob.IsMatch(path) && !own.Contains(path)).ToList();
            // A rule with more exceptions than members explains nothing.
            if (own.Count == found.Count && others.Count <= found.Count / 2)
            {
                return new RuleDraft(group.Key.glob, group.Key.Name, group.Key.Context, found) { Except = [.. others.Select(Exception).Distinct(StringComparer.Ordinal)] };
            }
        }

        return null;
    }

    // There is one of these for any Dockerfile sooner or later.
    private static string Exception(string path) =>
        path.EndsWith(IgnoreEnding, StringComparison.Ordinal) ? RepositoryTree.Join(Escaped(RepositoryTree.ParentOf(path)), "*" + IgnoreEnding) : Escaped(path);

    // One or more folders next to each other made wild, or the part of the file's name that is not `Dockerfile`.
    private static IEnumerable<string> Globs(string path)
    {
        var segments = path.Split('/').Select(Escaped).ToArray();
        var folders = segments.Length - 1;
        for (var first = 0; first < folders; first++)
        {
            for (var last = first; last < Math.Min(folders, first + 3); last++)
            {
                yield return string.Join('/', segments.Select((segment, index) => index >= first && index <= last ? "*" : segment));
            }
        }

        var variant = DockerfileNames.VariantOf(path);
        if (!string.IsNullOrEmpty(variant))
        {
            var file = path[(path.LastIndexOf('/') + 1)..];
            var wild = file.EndsWith(variant, StringComparison.Ordinal) ? Escaped(file[..^variant.Length]) + "*" : "*" + Escaped(file[variant.Length..]);
            yield return string.Join('/', [.. segments.SkipLast(1), wild]);
        }
    }

    private static string? Template(ImageSource source, string glob)
    {
        var name = string.Join('-', Glob.Parse(glob).Match(source.Dockerfile) ?? []);
        var at = name.Length == 0 ? -1 : source.Image.Text.LastIndexOf(name, StringComparison.Ordinal);
        return at > source.Image.Text.LastIndexOf('/') ? source.Image.Text[..at] + "{name}" + source.Image.Text[(at + name.Length)..] : null;
    }

    private static string ContextOf(ImageSource source)
    {
        var folder = RepositoryTree.ParentOf(source.Dockerfile);
        return source.Context == folder ? Directory
            : folder != "." && source.Context.StartsWith(folder + "/", StringComparison.Ordinal) ? Directory + source.Context[folder.Length..]
            : source.Context;
    }

    private static string Settings(ImageSource source) => string.Join(
        '\n',
        source.Args.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"arg {pair.Key}={pair.Value}")
            .Concat(source.Contexts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"context {pair.Key}={pair.Value}"))
            .Concat(source.Platforms.Select(platform => $"platform {platform}"))
            .Append("key " + source.Key));

    private static bool IsLikeDockerfile(string path) =>
        path[(path.LastIndexOf('/') + 1)..] is var name && (name.Contains("dockerfile", StringComparison.OrdinalIgnoreCase) || name.Contains("containerfile", StringComparison.OrdinalIgnoreCase));

    private static string Escaped(string path) => path.AsSpan().ContainsAny("*?[\\")
        ? string.Concat(path.Select(c => c is '*' or '?' or '[' or '\\' ? $"\\{c}" : c.ToString()))
        : path;
}
