using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Products;

/// <summary>Finds what builds the product's images among the files of a commit.</summary>
public static class ImageSources
{
    /// <summary>What <see cref="Find"/> needs to be given: of tens of thousands of files, hundreds.</summary>
    public static IReadOnlyList<TreePattern> PatternsOf(Product product) =>
    [
        .. product.Images
            .SelectMany(rule => rule.Inputs.Concat(rule.Except).Prepend(rule.Dockerfiles))
            .Select(Glob.Parse)
            .Select(glob => new TreePattern(glob.Prefix, glob.LastName, glob.HasWildcards))
            .Distinct(),
    ];

    /// <summary>
    /// The image sources of these paths (the files of a commit, with <c>/</c>: all of them, or those of <see cref="PatternsOf"/>), in the order of the rules and then of the paths. An
    /// input failure at the rule's place when a glob matches nothing, a name is no image name, or two sources build one image.
    /// </summary>
    public static IReadOnlyList<ImageSource> Find(Product product, IReadOnlyList<string> paths)
    {
        var index = new PathIndex(paths);
        var sources = new List<ImageSource>();
        var builders = new Dictionary<ImageName, (ImageSource Source, ImageRule Rule)>();
        foreach (var rule in product.Images)
        {
            foreach (var source in Expand(rule, index))
            {
                if (!builders.TryAdd(source.Image, (source, rule)))
                {
                    throw Twice(source, rule, builders[source.Image].Source, builders[source.Image].Rule);
                }

                sources.Add(source);
            }
        }

        return sources;
    }

    /// <summary>
    /// What a Dockerfile at this path would build, whether or not it is there; none where no rule finds it, or where it gives no image name.
    /// </summary>
    public static IReadOnlyList<ImageName> ImagesOf(Product product, string dockerfile)
    {
        var images = new List<ImageName>();
        foreach (var rule in product.Images.Where(rule => !rule.Except.Any(except => Glob.Parse(except).IsMatch(dockerfile))))
        {
            if (Glob.Parse(rule.Dockerfiles).Match(dockerfile) is { } captures)
            {
                var templates = rule.Targets.Count == 0 ? [rule.Name] : rule.Targets.Values;
                images.AddRange(templates.Select(template => ImageName.TryParse(Named(template, NameOf(captures)), out var image) ? image : null).OfType<ImageName>());
            }
        }

        return images;
    }

    private static string NameOf(IReadOnlyList<string> captures) => string.Join('-', captures.Where(capture => capture.Length > 0)).Replace('/', '-');

    private static string Named(string template, string name) => template.Replace("{name}", name, StringComparison.Ordinal);

    private static IEnumerable<ImageSource> Expand(ImageRule rule, PathIndex index)
    {
        var glob = Glob.Parse(rule.Dockerfiles);
        var excepted = new HashSet<string>(rule.Except.SelectMany(except => Matched(rule, Glob.Parse(except), index)), StringComparer.Ordinal);
        foreach (var input in rule.Inputs)
        {
            RequireInput(rule, Glob.Parse(input), index);
        }

        var dockerfiles = Matched(rule, glob, index).Where(path => !excepted.Contains(path)).ToList();
        return dockerfiles.Count > 0
            ? dockerfiles.SelectMany(path => Sources(rule, path, glob.Match(path)!))
            : throw rule.Location.Error($"'{rule.Dockerfiles}' matches nothing that `except` leaves");
    }

    private static List<string> Matched(ImageRule rule, Glob glob, PathIndex index)
    {
        var found = index.Matching(glob).ToList();
        return found.Count > 0 ? found : throw Nothing(rule, glob);
    }

    // An input may also be a folder, for all that is in it.
    private static void RequireInput(ImageRule rule, Glob glob, PathIndex index)
    {
        if (!index.Matching(glob).Any() && (glob.Literal is null || !index.HasFolder(glob.Literal)))
        {
            throw Nothing(rule, glob);
        }
    }

    private static GraftException Nothing(ImageRule rule, Glob glob) =>
        rule.Location.Error($"'{glob}' matches no file of the commit", "paths are relative to the repository's root, and only committed files count");

    private static IEnumerable<ImageSource> Sources(ImageRule rule, string dockerfile, IReadOnlyList<string> captures)
    {
        var slash = dockerfile.LastIndexOf('/');
        var directory = slash < 0 ? "." : dockerfile[..slash];
        var name = NameOf(captures);
        return rule.Targets.Count == 0
            ? [Source(rule.Name, null)]
            : rule.Targets.Select(target => Source(target.Value, target.Key));

        ImageSource Source(string template, string? target)
        {
            var text = Named(template, name);
            var image = ImageName.TryParse(text, out var parsed)
                ? parsed
                : throw rule.Location.Error($"'{dockerfile}' gives '{text}', which is not an image name", "give it a rule of its own, or leave it out with `except`");
            var context = rule.Context.Replace("{dir}", directory, StringComparison.Ordinal);
            var prepare = rule.Prepare.Select(word => Fill(word, context, directory, name, target)).ToList();
            return new ImageSource(dockerfile, image, rule.Key, Folder(context), target, rule.Platforms, rule.Args, rule.Contexts, rule.Inputs, prepare, rule.Secrets);
        }
    }

    private static string Fill(string word, string context, string directory, string name, string? target) =>
        word.Replace("{context}", Folder(context), StringComparison.Ordinal)
            .Replace("{target}", target ?? "", StringComparison.Ordinal)
            .Replace("{dir}", directory, StringComparison.Ordinal)
            .Replace("{name}", name, StringComparison.Ordinal);

    // `{dir}/sub` of a Dockerfile at the root is `./sub`.
    private static string Folder(string context) => context.StartsWith("./", StringComparison.Ordinal) ? context[2..] : context;

    private static GraftException Twice(ImageSource source, ImageRule rule, ImageSource first, ImageRule firstRule) => Describe(source) == Describe(first)
        ? rule.Location.Error($"'{source.Image}' is built from {Describe(source)} by this item and by the one at {firstRule.Location.Line}:{firstRule.Location.Column}", "leave it out of one of them with `except`")
        : rule.Location.Error($"'{source.Image}' is built by both {Describe(first)} and {Describe(source)}", "give one of them another name, or leave it out with `except`");

    private static string Describe(ImageSource source) =>
        source.Target is null ? $"'{source.Dockerfile}'" : $"'{source.Dockerfile}' (target '{source.Target}')";
}
