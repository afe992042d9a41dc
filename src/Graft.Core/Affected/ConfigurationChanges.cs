using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>What graft.yaml says of an image at head and said differently at the base.</summary>
internal sealed class ConfigurationChanges
{
    private readonly BaseConfiguration? before;
    private readonly Product product;
    private readonly Dictionary<ImageName, ImageSource> sources;

    public ConfigurationChanges(AffectedFacts facts)
    {
        before = facts.BaseConfiguration;
        product = facts.Product;
        sources = before?.Sources.ToDictionary(source => source.Image) ?? [];
    }

    /// <summary>A sentence for each difference; none when configuration is not compared.</summary>
    public IEnumerable<string> Of(ImageSource now)
    {
        if (before is null)
        {
            return [];
        }

        if (before.Product is null)
        {
            return [$"what it said at the base cannot be compared: {before.Problem}"];
        }

        var builder = Differences(before.Product.Build, product.Build);
        return sources.TryGetValue(now.Image, out var then) ? builder.Concat(Differences(then, now)) : builder.Append("the base does not list the image");
    }

    private static IEnumerable<string> Differences(BuildSettings then, BuildSettings now)
    {
        if (then.With != now.With)
        {
            yield return $"`build.with` was {then.With}";
        }

        if (!then.Options.SequenceEqual(now.Options, StringComparer.Ordinal))
        {
            yield return "`build.options` changed";
        }
    }

    private static IEnumerable<string> Differences(ImageSource then, ImageSource now)
    {
        if (then.Dockerfile != now.Dockerfile)
        {
            yield return $"its Dockerfile was '{then.Dockerfile}'";
        }

        if (then.Context != now.Context)
        {
            yield return $"its `context` was '{then.Context}'";
        }

        if (then.Target != now.Target)
        {
            yield return then.Target is null ? "it had no target" : $"its target was '{then.Target}'";
        }

        if (!then.Platforms.SequenceEqual(now.Platforms))
        {
            yield return "its `platforms` changed";
        }

        if (!Same(then.Args, now.Args))
        {
            yield return "its `args` changed";
        }

        if (!Same(then.Contexts, now.Contexts))
        {
            yield return "its `contexts` changed";
        }

        if (!then.Inputs.SequenceEqual(now.Inputs, StringComparer.Ordinal))
        {
            yield return "its `inputs` changed";
        }

        if (!then.Prepare.SequenceEqual(now.Prepare, StringComparer.Ordinal))
        {
            yield return "its `prepare` changed";
        }

        if (!Same(then.Secrets, now.Secrets))
        {
            yield return "its `secrets` changed";
        }
    }

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
