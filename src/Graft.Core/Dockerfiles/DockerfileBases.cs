using Graft.Core.Images;

namespace Graft.Core.Dockerfiles;

/// <summary>
/// An image or a named context that a build takes files from. <c>Text</c> is the reference after substitution, or the context's key as graft.yaml
/// writes it; it is the key under which a build request holds the image.
/// </summary>
public sealed record BaseReference(string Text, bool IsContext, Failures.SourceLocation Location);

/// <summary>Finds what a build needs from outside its Dockerfile.</summary>
public static class DockerfileBases
{
    /// <summary>
    /// The images and named contexts that FROM, COPY --from and RUN --mount name in the stages that the target needs, for all of these platforms,
    /// each once, in the order of need. Stages and <c>scratch</c> are left out. A variable without a value is an input failure with the line.
    /// </summary>
    public static IReadOnlyList<BaseReference> Find(
        Dockerfile dockerfile, string? target, IReadOnlyDictionary<string, string> args, IEnumerable<string> contexts, IEnumerable<Platform> platforms)
    {
        var names = contexts.ToList();
        return [.. platforms
            .SelectMany(platform => StageGraph.Resolve(dockerfile, target, new BuildVariables(dockerfile, args, platform, target), names).Stages)
            .SelectMany(stage => stage.Inputs.Prepend(stage.Base))
            .Where(input => input.Kind is StageInputKind.Image or StageInputKind.Context)
            .Select(input => new BaseReference(input.Text, input.Kind == StageInputKind.Context, input.Instruction.Location))
            .DistinctBy(reference => (reference.Text, reference.IsContext))];
    }
}
