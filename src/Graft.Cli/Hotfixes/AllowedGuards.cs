using Graft.Core.Failures;
using Graft.Core.Hotfixes.Guards;

namespace Graft.Cli.Hotfixes;

/// <summary>What <c>--allow</c> may name.</summary>
internal static class AllowedGuards
{
    /// <summary>Refuses names of no guard, and the guard that nothing gets past.</summary>
    public static void Check(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (name == GuardNames.TagTaken)
            {
                throw GraftException.Usage($"`--allow {name}` is not to be had: a tag that exists is never overwritten", "leave `--name` out to take the next free minute");
            }

            if (!GuardNames.IsKnown(name))
            {
                throw GraftException.Usage(
                    $"there is no guard '{name}'",
                    Nearest.To(name, GuardNames.Allowable) is { } nearest ? $"did you mean `{nearest}`?" : $"the guards are {string.Join(", ", GuardNames.Allowable)}");
            }
        }
    }
}
