using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>
/// Decides which images of a product a change can alter. It never misses one: what cannot be decided counts as affected, and the reason says so.
/// </summary>
public sealed class AffectedImages
{
    private readonly AffectedFacts facts;
    private readonly ChangeTree changes;
    private readonly IReadOnlyList<TreeLinks> sides;
    private readonly TreeFolders folders;
    private readonly AttributeChanges attributes;
    private readonly ConfigurationChanges configuration;
    private readonly SourceInputs inputs;
    private readonly SourceReader reader;
    private readonly IReadOnlyDictionary<ImageName, string> gone;
    private readonly Dictionary<(string Root, string? IgnoreFile), ContextRules> rules = [];
    private readonly HashSet<string> reached = new(StringComparer.Ordinal);

    private AffectedImages(AffectedFacts facts)
    {
        this.facts = facts;
        changes = ChangeTree.Of(facts.Changes);
        var same = facts.Links.Count == facts.BaseLinks.Count && facts.Links.All(link => facts.BaseLinks.TryGetValue(link.Key, out var target) && target == link.Value);
        sides = same ? [new TreeLinks(facts.Links)] : [new TreeLinks(facts.BaseLinks), new TreeLinks(facts.Links)];
        folders = new TreeFolders(facts.Paths, facts.Changes);
        attributes = new AttributeChanges(facts);
        configuration = new ConfigurationChanges(facts);
        inputs = new SourceInputs(changes, sides);
        gone = new GoneImages(facts).Paths;
        reader = new SourceReader(facts.Sources, [.. gone.Keys], facts.Texts);
    }

    /// <summary>Every image of the product with the reasons for which it is affected, and the changed paths that reach none.</summary>
    public static AffectedReport Find(AffectedFacts facts)
    {
        if (facts.Changes.Count == 0)
        {
            return new AffectedReport([.. facts.Sources.Select(source => new ImageEffect(source, []))], []);
        }

        var finder = new AffectedImages(facts);
        var images = new ImageChains([.. facts.Sources.Select(source => (finder.Effect(source), finder.reader.Read(source)))]).Spread(finder.gone);
        finder.reached.UnionWith(images.SelectMany(image => image.Reasons).Select(reason => reason.Path));
        // Where manifests are committed, every hotfix changes them.
        var releases = facts.Product.Releases + "/";
        return new AffectedReport(images, [.. facts.Changes.Select(change => change.Path).Where(path => !finder.reached.Contains(path) && !path.StartsWith(releases, StringComparison.Ordinal))]);
    }

    /// <summary>The paths whose text decides something: Dockerfiles, and the files of ignore rules that stand where one may be looked for.</summary>
    public static IReadOnlyList<string> TextsOf(IReadOnlyList<ImageSource> sources, Func<string, bool> mayExist) =>
        [.. sources.Select(source => source.Dockerfile)
            .Concat(sources.SelectMany(source => source.Contexts.Values.Append(source.Context).Select(CommonIgnoreFile).Prepend(OwnIgnoreFile(source))).Where(mayExist))
            .Distinct(StringComparer.Ordinal)];

    private static string OwnIgnoreFile(ImageSource source) => source.Dockerfile + ".dockerignore";

    private static string CommonIgnoreFile(string folder) => UnixPath.Clean(folder) is var clean && clean == "." ? ".dockerignore" : clean + "/.dockerignore";

    private ImageEffect Effect(ImageSource source)
    {
        var reasons = new ReasonList(source, reached);
        reasons.Add(Named(source.Dockerfile), null, "it is the image's Dockerfile");
        var ownIgnoreFile = OwnIgnoreFile(source);
        reasons.Add(Named(ownIgnoreFile), null, "it is the Dockerfile's ignore file");
        var ignoreFile = facts.Texts.GetValueOrDefault(ownIgnoreFile) is null ? CommonIgnoreFile(source.Context) : ownIgnoreFile;
        reasons.Add(Named(ignoreFile), null, "it is the context's ignore file");
        if (string.Join("; ", configuration.Of(source)) is { Length: > 0 } differences)
        {
            reasons.AddPath(facts.BaseConfiguration!.File, null, differences);
        }

        foreach (var (change, why) in inputs.Of(source))
        {
            reasons.Add([change], null, why);
        }

        var reading = reader.Read(source);
        IEnumerable<ContextUse> uses = reading.Unknown is { } unknown
            ? source.Contexts.Values.Select(UnixPath.Clean).Prepend(null).Select(folder => new ContextUse(folder, null, null, reading.UnknownLine ?? 0, $"what the image takes is not known: {unknown}"))
            : reading.Contexts;
        foreach (var use in uses)
        {
            var common = use.Folder is null ? ignoreFile : CommonIgnoreFile(use.Folder);
            if (use.Folder is not null)
            {
                reasons.Add(Named(common), use.Line, $"it is the ignore file of the context '{use.Folder}'");
            }

            reasons.Add(Reached(use, use.Folder ?? source.Context, common), use.Line, use.Why);
        }

        return new ImageEffect(source, reasons.All);
    }

    // A change of the ignore file affects the image by itself, so one side's rules are those of both.
    private IEnumerable<FileChange> Reached(ContextUse use, string folder, string ignoreFile) => sides.SelectMany(side =>
    {
        var passed = new List<string>();
        var root = side.FollowPath(UnixPath.Clean(folder), passed.Add);
        var found = passed.SelectMany(changes.OnTheWayTo);
        return root is null ? found : found.Concat(new ContextSearch(changes, side, attributes, root).Find(use.Source, use.Excludes).Where(RulesOf(root, ignoreFile).Shows));
    });

    private IEnumerable<FileChange> Named(string path) => sides.SelectMany(side =>
    {
        var passed = new List<string>();
        var meant = side.FollowPath(path, passed.Add);
        return passed.Append(meant).OfType<string>().SelectMany(changes.OnTheWayTo);
    });

    private ContextRules RulesOf(string root, string ignoreFile)
    {
        if (!rules.TryGetValue((root, ignoreFile), out var found))
        {
            rules[(root, ignoreFile)] = found = new ContextRules(root, Parse(ignoreFile), folders);
        }

        return found;
    }

    private IgnoreRules Parse(string ignoreFile)
    {
        try
        {
            return facts.Texts.GetValueOrDefault(ignoreFile) is { } text ? IgnoreRules.Parse(text, ignoreFile) : IgnoreRules.None;
        }
        catch (GraftException malformed) when (malformed.Kind == FailureKind.Input)
        {
            // No build reads it either; until it is mended, everything is let in.
            return IgnoreRules.None;
        }
    }

    /// <summary>The reasons of one image: the first of each path.</summary>
    private sealed class ReasonList(ImageSource source, HashSet<string> reached)
    {
        private readonly HashSet<string> paths = new(StringComparer.Ordinal);
        private readonly List<AffectedReason> reasons = [];

        public IReadOnlyList<AffectedReason> All => reasons;

        public void Add(IEnumerable<FileChange> changes, int? line, string why)
        {
            foreach (var change in changes)
            {
                AddPath(change.Path, line, why);
            }
        }

        public void AddPath(string path, int? line, string why)
        {
            if (paths.Add(path))
            {
                reached.Add(path);
                reasons.Add(new AffectedReason(path, source.Dockerfile, line > 0 ? line : null, why));
            }
        }
    }
}
