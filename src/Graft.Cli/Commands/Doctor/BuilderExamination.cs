using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Cli.Commands.Doctor;

/// <summary>The builder that graft.yaml names, what it can do of what the product asks for, and, where it does not do, which others are here.</summary>
internal sealed class BuilderExamination(Composition composition)
{
    private const string Embedded = "embedded";
    private static readonly string[] Programs = ["docker", "buildx", "buildah", "podman"];

    /// <summary>The builder of a product.</summary>
    public async Task<IReadOnlyList<Finding>> AskAsync(BuildSettings settings, Task<ProductAtHead> read, CancellationToken cancellationToken)
    {
        var builder = composition.Builder(settings);
        try
        {
            var report = await builder.ProbeAsync(cancellationToken);
            var can = Finding.Ok($"{report.Words}{(report.Lacks.Count == 0 ? "" : $"; does not take {string.Join(" or ", report.Lacks)}")}");
            var refused = await RefusedAsync(builder, read, cancellationToken);
            return refused is null ? [can] : [can, refused, .. await ListOthersAsync(settings.With, cancellationToken)];
        }
        catch (GraftException missing) when (missing.Kind == FailureKind.Outside)
        {
            return [Finding.Of(missing), .. await ListOthersAsync(settings.With, cancellationToken)];
        }
    }

    /// <summary>The builders that are here and could be named.</summary>
    public async Task<IReadOnlyList<Finding>> ListOthersAsync(string named, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(Programs.Where(program => program != named).Select(async program =>
        {
            try
            {
                var report = await composition.Builder(new BuildSettings(program, 1, null, [])).ProbeAsync(cancellationToken);
                return Finding.Note($"{report.Words} is here: `build: {{ with: {program} }}` in graft.yaml");
            }
            catch (GraftException missing) when (missing.Kind == FailureKind.Outside)
            {
                return null;
            }
        }));
        return [.. found.OfType<Finding>()];
    }

    // Null where all can be built.
    private static async Task<Finding?> RefusedAsync(IImageBuilder builder, Task<ProductAtHead> read, CancellationToken cancellationToken)
    {
        var facts = await read.WaitAsync(cancellationToken);
        var refusals = facts.Sources.Where(source => facts.Dockerfiles.ContainsKey(source.Dockerfile)).Select(source => Refusal(builder, source, facts)).OfType<GraftException>().ToList();
        return refusals.Count switch
        {
            0 => null,
            _ when refusals.Count == facts.Sources.Count => new Finding(FindingState.Wrong, $"it can build none of the images; the first: {refusals[0].Message}", refusals[0].Hint),
            _ => Finding.Note($"it cannot build {refusals.Count} of the {facts.Sources.Count} images; the first: {refusals[0].Message}", refusals[0].Hint),
        };
    }

    private static GraftException? Refusal(IImageBuilder builder, ImageSource source, ProductAtHead facts)
    {
        try
        {
            var contexts = source.Contexts.ToDictionary(context => context.Key, context => NamedContext.Explicit(context.Value, facts.IsOfProduct), StringComparer.Ordinal);
            builder.Check(source with { Contexts = contexts }, facts.Dockerfiles[source.Dockerfile]);
            return null;
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input)
        {
            return refused;
        }
    }
}
