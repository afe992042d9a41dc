using Graft.Core.Failures;
using Graft.Core.Yaml;

namespace Graft.Core.Bake;

/// <summary>Reads the services of a compose file that are built here (compose-spec, build.md): <c>build</c> with context, dockerfile, target, args, additional_contexts.</summary>
public sealed class ComposeReader
{
    private static readonly Dictionary<string, string> Empty = [];

    private readonly string path;
    private readonly ComposeText variables;
    private readonly List<string> problems = [];

    private ComposeReader(string path, IReadOnlyDictionary<string, string> values)
    {
        this.path = path;
        variables = new ComposeText(values);
    }

    /// <summary>The builds of one compose file. What cannot be read is reported, never thrown.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="values">What its variables stand for, as <see cref="VariableFile"/> reads it.</param>
    public static BuildDefinitions Read(string path, string text, IReadOnlyDictionary<string, string>? values = null) => new ComposeReader(path, values ?? Empty).Read(text);

    private BuildDefinitions Read(string text)
    {
        try
        {
            var root = YamlReader.Read(YamlText.Of(text, path));
            var services = root?.Resolved is YamlMapping top && Find(top, "services") is YamlMapping all
                ? all.Pairs.Where(pair => pair is { Name: not null, Value.Resolved: YamlMapping }).Select(pair => (Name: pair.Name!, Place: pair.Key.At(path), Fields: (YamlMapping)pair.Value.Resolved)).ToList()
                : [];
            var builds = services.Where(service => IsBuilt(service.Fields)).Select(service => Service(service.Name, service.Place, service.Fields)).OfType<BuildDefinition>().ToList();
            var pulled = services.Where(service => !IsBuilt(service.Fields)).Select(service => (service.Name, Image: Text(service.Fields, "image") is { } tag ? TagName.Of(tag) : null))
                .Where(service => service.Image is not null).DistinctBy(service => service.Name).ToDictionary(service => service.Name, service => service.Image!, StringComparer.Ordinal);
            return new BuildDefinitions(builds, problems) { UsesVariables = variables.HasUsedValues, Pulled = pulled };
        }
        catch (GraftException failure) when (failure.Kind == FailureKind.Input)
        {
            return new BuildDefinitions([], [failure.Message]);
        }
    }

    private static bool IsBuilt(YamlMapping fields) => Find(fields, "build") is not (null or YamlScalar { IsNull: true });

    private BuildDefinition? Service(string name, SourceLocation place, YamlMapping fields)
    {
        var build = Find(fields, "build")!;
        var tag = Text(fields, "image");
        IReadOnlyList<string> images = tag is not null && TagName.Of(tag) is { } image ? [image] : [];
        IReadOnlyList<string> tags = tag is null ? [] : [TagName.TagOf(tag)];
        if (build is YamlScalar context)
        {
            return new BuildDefinition(name, place, variables.Fill(context.Value), null, null, Empty, Empty, images, [], true, true) { Tags = tags };
        }

        if (build is not YamlMapping how)
        {
            problems.Add($"{build.At(path)}: 'build' of service '{name}' is neither a folder nor a mapping");
            return null;
        }

        if (Find(how, "dockerfile_inline") is not null)
        {
            problems.Add($"{place}: the Dockerfile of service '{name}' stands in the compose file, which graft.yaml has no words for");
            return null;
        }

        Dictionary<string, string> Known(string key)
        {
            var pairs = Map(how, key).ToList();
            problems.AddRange(pairs.Where(pair => !IsKnown(pair.Value)).Select(pair => $"{place}: '{key}.{pair.Key}' of service '{name}' is not known before the build; it is left out"));
            return pairs.Where(pair => IsKnown(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        }

        var contexts = Known("additional_contexts").ToDictionary(
            pair => pair.Key,
            // Another service is what a bake file calls a target.
            pair => pair.Value.StartsWith("service:", StringComparison.Ordinal) ? "target:" + pair.Value["service:".Length..] : pair.Value,
            StringComparer.Ordinal);
        var platforms = Items(Find(how, "platforms")).Append(Text(fields, "platform")).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new BuildDefinition(name, place, Text(how, "context"), Text(how, "dockerfile"), Text(how, "target"), Known("args"), contexts, images, platforms, true, true) { Tags = tags };
    }

    private string? Text(YamlMapping mapping, string key) => Find(mapping, key) is YamlScalar { IsNull: false } scalar ? variables.Fill(scalar.Value) : null;

    private IEnumerable<string> Items(YamlNode? node) =>
        node is YamlSequence sequence ? sequence.Items.Select(item => item.Resolved).OfType<YamlScalar>().Select(item => variables.Fill(item.Value)) : [];

    private static bool IsKnown(string? value) => value?.Contains(BakeValue.Gap, StringComparison.Ordinal) == false;

    // A mapping, or a list of `KEY=VALUE`; a key without a value takes it from the environment.
    private IEnumerable<KeyValuePair<string, string?>> Map(YamlMapping mapping, string key)
    {
        var node = Find(mapping, key);
        var pairs = node is YamlMapping map
            ? map.Pairs.Where(pair => pair.Name is not null && pair.Value.Resolved is YamlScalar)
                .Select(pair => KeyValuePair.Create(pair.Name!, pair.Value.Resolved is YamlScalar { IsNull: false } scalar ? variables.Fill(scalar.Value) : null))
            : Items(node).Select(item => item.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts.ElementAtOrDefault(1)));
        return pairs.DistinctBy(pair => pair.Key, StringComparer.Ordinal);
    }

    // With what `<<` merges in, which stands behind the mapping's own keys.
    private static YamlNode? Find(YamlMapping mapping, string key, int depth = 0)
    {
        if (mapping.Find(key) is { } own)
        {
            return own.Value.Resolved;
        }

        const int limit = 16;
        var merged = depth < limit ? mapping.Find("<<")?.Value.Resolved : null;
        IEnumerable<YamlNode> sources = merged is YamlSequence several ? several.Items.Select(item => item.Resolved) : merged is null ? [] : [merged];
        return sources.OfType<YamlMapping>().Select(source => Find(source, key, depth + 1)).FirstOrDefault(found => found is not null);
    }
}
