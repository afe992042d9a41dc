using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>The targets of bake files once inheritance, merging and matrices are worked out.</summary>
internal sealed class BakeTargets
{
    private const int MaximumTargets = 2000;
    private static readonly string[] Merged = ["args", "contexts"];

    private readonly List<string> problems;
    private readonly HclEvaluation evaluation;
    private readonly HclEvaluation withGaps;
    private readonly OrderedDictionary<string, Written> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> inherited = new(StringComparer.Ordinal);

    public BakeTargets(IReadOnlyList<HclBody> files, List<string> problems)
    {
        this.problems = problems;
        var variables = new BakeVariables(files);
        evaluation = variables.Evaluation();
        withGaps = variables.EvaluationWithGaps();
        foreach (var block in files.SelectMany(file => file.Blocks).Where(block => block.Labels.Count == 1))
        {
            Read(block);
        }
    }

    /// <summary>Every target, in the files' order.</summary>
    public List<BuildDefinition> All()
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in groups.Keys)
        {
            Want(group, wanted, []);
        }

        return [.. targets.Keys.Select(name => Definition(name, groups.Count == 0 || wanted.Contains(name) || name == "default"))];
    }

    private void Read(HclBlock block)
    {
        var label = block.Labels[0];
        if (block.Type == "group")
        {
            Group(label).AddRange(Texts(block.Body.Find("targets") is { } list ? evaluation.Value(list) : BakeValue.Null));
        }
        else if (block.Type == "target")
        {
            if (block.Body.Find("matrix") is { } matrix)
            {
                ReadMatrix(block, evaluation.Value(matrix));
            }
            else
            {
                Add(label, block, new Dictionary<string, BakeValue>(StringComparer.Ordinal));
            }
        }
    }

    private void ReadMatrix(HclBlock block, BakeValue matrix)
    {
        var axes = (matrix as BakeMap)?.Pairs;
        var name = block.Body.Find("name");
        if (axes is null || name is null || axes.Any(axis => axis.Value is not BakeList { Items.Count: > 0 }))
        {
            problems.Add($"{block.Place}: the matrix of target '{block.Labels[0]}' is not known before the build; the target is left out");
            return;
        }

        IEnumerable<Dictionary<string, BakeValue>> cells = [new(StringComparer.Ordinal)];
        foreach (var (key, values) in axes)
        {
            cells = cells.SelectMany(cell => ((BakeList)values).Items.Select(value => new Dictionary<string, BakeValue>(cell, StringComparer.Ordinal) { [key] = value }));
        }

        // The block's own name stands for all that it makes.
        var group = Group(block.Labels[0]);
        foreach (var cell in cells.Take(MaximumTargets))
        {
            if (evaluation.Value(name, cell) is BakeText { HasGap: false, Value: var made })
            {
                Add(made, block, cell);
                group.Add(made);
            }
            else
            {
                problems.Add($"{block.Place}: a name that the matrix of target '{block.Labels[0]}' makes is not known before the build; it is left out");
                return;
            }
        }
    }

    private void Add(string name, HclBlock block, Dictionary<string, BakeValue> scope)
    {
        if (targets.Count >= MaximumTargets)
        {
            return;
        }

        var attributes = block.Body.Attributes.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Name == "args" ? Arguments(attribute.Value, scope) : evaluation.Value(attribute.Value, scope)));
        // `args { … }` without the sign is what older files write.
        var inner = block.Body.Blocks.Where(one => Merged.Contains(one.Type, StringComparer.Ordinal)).Select(one => KeyValuePair.Create(
            one.Type,
            (BakeValue)new BakeMap([.. one.Body.Attributes.Select(attribute => KeyValuePair.Create(attribute.Name, Argument(evaluation.Value(attribute.Value, scope), withGaps.Value(attribute.Value, scope))))])));
        var values = targets.TryGetValue(name, out var earlier) ? earlier : new Written(block.Place, new(StringComparer.Ordinal));
        Merge(values.Values, attributes.Concat(inner));
        targets[name] = values;
        inherited.UnionWith(values.Values.TryGetValue("inherits", out var parents) ? Texts(parents) : []);
    }

    private BakeValue Arguments(HclExpression expression, Dictionary<string, BakeValue> scope) => evaluation.Value(expression, scope) is not BakeMap map ? BakeValue.Null
        : withGaps.Value(expression, scope) is BakeMap gaps ? new BakeMap([.. map.Pairs.Select(pair => KeyValuePair.Create(pair.Key, Argument(pair.Value, gaps.Find(pair.Key))))])
        : map;

    // Bake takes a variable without a default for empty, which nobody means who hands it on as an argument.
    private static BakeValue Argument(BakeValue value, BakeValue? withGap) => withGap is not { HasGap: true } ? value
        : value is BakeText { HasGap: false, Value.Length: > 0 } text ? text with { LacksVariables = true }
        : withGap;

    // A null is as good as nothing written; args and contexts are merged by key, everything else is replaced.
    private static void Merge(Dictionary<string, BakeValue> into, IEnumerable<KeyValuePair<string, BakeValue>> from)
    {
        foreach (var (key, value) in from.Where(pair => pair.Value is not BakeNull))
        {
            into[key] = Merged.Contains(key, StringComparer.Ordinal) && value is BakeMap map && into.GetValueOrDefault(key) is BakeMap earlier
                ? new BakeMap([.. earlier.Pairs.Where(pair => map.Find(pair.Key) is null), .. map.Pairs])
                : value;
        }
    }

    private Dictionary<string, BakeValue> Resolve(string name, HashSet<string> open)
    {
        var resolved = new Dictionary<string, BakeValue>(StringComparer.Ordinal);
        if (!targets.TryGetValue(name, out var written) || !open.Add(name) || open.Count > 64)
        {
            return resolved;
        }

        foreach (var parent in written.Values.TryGetValue("inherits", out var parents) ? Texts(parents) : [])
        {
            Merge(resolved, Resolve(parent, open));
        }

        open.Remove(name);
        Merge(resolved, written.Values);
        return resolved;
    }

    private BuildDefinition Definition(string name, bool isWanted)
    {
        var place = targets[name].Place;
        var values = Resolve(name, []);
        string? Text(string key)
        {
            if (!values.TryGetValue(key, out var value) || value is not BakeText text)
            {
                return null;
            }

            if (text.HasGap)
            {
                problems.Add($"{place}: '{key}' of target '{name}' is not known before the build");
            }

            return text.Value;
        }

        Dictionary<string, string> Map(string key)
        {
            var pairs = (values.GetValueOrDefault(key) as BakeMap)?.Pairs.Where(pair => pair.Value is BakeText).ToList() ?? [];
            foreach (var pair in pairs.Where(pair => pair.Value.HasGap))
            {
                problems.Add($"{place}: '{key}.{pair.Key}' of target '{name}' is not known before the build; it is left out");
            }

            foreach (var pair in pairs.Where(pair => pair.Value is BakeText { LacksVariables: true }))
            {
                problems.Add($"{place}: '{key}.{pair.Key}' of target '{name}' is made from variables without a default; '{pair.Value.Text}' is what it is without them");
            }

            return pairs.Where(pair => !pair.Value.HasGap).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value.Text!, StringComparer.Ordinal);
        }

        if (values.ContainsKey("dockerfile-inline"))
        {
            problems.Add($"{place}: the Dockerfile of target '{name}' stands in the bake file, which graft.yaml has no words for");
        }

        var outputs = Texts(values.GetValueOrDefault("output") ?? BakeValue.Null);
        var tags = Texts(values.GetValueOrDefault("tags") ?? BakeValue.Null).Where(tag => TagName.Of(tag) is not null).ToList();
        var images = tags.Select(tag => TagName.Of(tag)!).Distinct(StringComparer.Ordinal).ToList();
        // Inherited from and in no group: a mould for others, not an image.
        var isMould = inherited.Contains(name) && !isWanted;
        return new BuildDefinition(
            name, place, Text("context"), Text("dockerfile"), Text("target"), Map("args"), Map("contexts"), images,
            [.. Texts(values.GetValueOrDefault("platforms") ?? BakeValue.Null).Where(text => !text.Contains(BakeValue.Gap, StringComparison.Ordinal))],
            isWanted && !name.StartsWith('_'),
            !isMould && !values.ContainsKey("dockerfile-inline") && !(outputs.Count > 0 && outputs.All(IsNoImage)))
        {
            Tags = [.. tags.Where(tag => TagName.Of(tag) == images[0]).Select(TagName.TagOf)],
        };
    }

    private static bool IsNoImage(string output) =>
        output.Contains("type=cacheonly", StringComparison.Ordinal) || output.Contains("type=local", StringComparison.Ordinal) || output.Contains("type=tar", StringComparison.Ordinal)
        || !output.Contains('=', StringComparison.Ordinal);

    private void Want(string name, HashSet<string> wanted, HashSet<string> seen)
    {
        if (targets.ContainsKey(name))
        {
            wanted.Add(name);
        }

        if (groups.TryGetValue(name, out var members) && seen.Add(name) && seen.Count <= MaximumTargets)
        {
            members.ForEach(member => Want(member, wanted, seen));
        }
    }

    private List<string> Group(string name) => groups.TryGetValue(name, out var members) ? members : groups[name] = [];

    private static List<string> Texts(BakeValue value) => value switch
    {
        BakeList list => [.. list.Items.Select(item => item.Text).OfType<string>()],
        // An output may be a mapping of keys and values in newer files.
        BakeText text => [text.Value],
        _ => [],
    };

    /// <summary>A target's attributes as its blocks give them, before inheritance.</summary>
    private sealed record Written(SourceLocation Place, Dictionary<string, BakeValue> Values);
}
