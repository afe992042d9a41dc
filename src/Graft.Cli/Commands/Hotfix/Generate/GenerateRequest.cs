using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>Turns the command line into a request, and refuses lines that contradict themselves.</summary>
internal static class GenerateRequest
{
    private const long NotesLimit = 1024 * 1024;

    /// <summary>Whether the command line leaves open what to build and what to change.</summary>
    public static bool IsOpen(GenerateOptions options) => options.Build.Count == 0 && options.Set.Count == 0;

    /// <summary>Refuses what no answer at a prompt could mend, before anything is looked at.</summary>
    public static void Check(GenerateOptions options, bool canAsk)
    {
        if (options.BuildAffected)
        {
            throw GraftException.Usage("`--build-affected` is not there yet", "name the images with `--build IMAGE`");
        }

        if (options is { BuildNone: true, Build.Count: > 0 })
        {
            throw GraftException.Usage("`--build` and `--build-none` contradict each other", "leave one of them out");
        }

        foreach (var guard in options.Allow.Where(guard => !GuardNames.All.Contains(guard, StringComparer.Ordinal)))
        {
            throw GraftException.Usage(
                $"there is no guard '{guard}'",
                Nearest.To(guard, GuardNames.All) is { } nearest ? $"did you mean `{nearest}`?" : $"the guards are {string.Join(", ", GuardNames.All)}");
        }

        if (!canAsk && options.Release is null)
        {
            throw GraftException.Usage("no release is named", "pass `--release R`; `graft release list` shows them");
        }

        if (!canAsk && IsOpen(options))
        {
            throw GraftException.Usage("nothing to do: no image is built and none changes", "pass `--build IMAGE` or `--set IMAGE=VERSION`");
        }
    }

    /// <summary>The request that the command line makes by itself.</summary>
    public static async Task<HotfixRequest> OfAsync(GenerateOptions options, Session session) => new()
    {
        Build = [.. options.Build.Select(EntryChoice.Parse)],
        Changes = [.. options.Set.Select(VersionChange.Parse)],
        Allowed = options.Allow,
        Name = options.Name is null ? null : ReleaseName.Parse(options.Name),
        Notes = options.NotesFile switch
        {
            null => null,
            "-" => await session.Composition.ReadTextAsync("-", NotesLimit, session.Cancellation),
            var file => await session.Composition.ReadTextAsync(session.Options.PathOf(file), NotesLimit, session.Cancellation),
        },
        Offline = session.Options.Offline,
        Draft = !options.NoDraft,
    };
}
