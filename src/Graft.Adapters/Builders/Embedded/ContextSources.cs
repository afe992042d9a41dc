using Graft.Core.Dockerfiles;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>The contexts as sources of one platform's build, with what is taken of each.</summary>
internal sealed class ContextSources(BuildContexts contexts)
{
    private readonly Dictionary<BuildContext, TakenPaths> taken = new(ReferenceEqualityComparer.Instance);

    /// <summary>The build's own context.</summary>
    public CopySource Main => Open(contexts.Main, $"the build context '{contexts.Main.Name}'");

    /// <summary>A named context that is a folder.</summary>
    public CopySource Get(string name, Instruction instruction) => Open(contexts.Get(name, instruction), $"the named context '{name}'");

    /// <summary>Refuses what BuildKit refuses for a folder that it would not have been sent.</summary>
    public void Check()
    {
        foreach (var paths in taken.Values)
        {
            paths.Check();
        }
    }

    private CopySource Open(BuildContext context, string name)
    {
        if (!taken.TryGetValue(context, out var paths))
        {
            taken[context] = paths = new TakenPaths(context.Tree);
        }

        return new CopySource(name, context.Tree, context, paths);
    }
}
