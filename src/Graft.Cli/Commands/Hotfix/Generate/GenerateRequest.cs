using Graft.Cli.Hotfixes;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>Turns the command line into a request, and refuses lines that contradict themselves.</summary>
internal static class GenerateRequest
{
    private const long NotesLimit = 1024 * 1024;

    /// <summary>Whether the command line leaves open what to build and what to change.</summary>
    public static bool IsOpen(GenerateOptions options) => options is { Build.Count: 0, Set.Count: 0, BuildAffected: false };

    /// <summary>Refuses what no answer at a prompt could mend, before anything is looked at.</summary>
    public static void Check(GenerateOptions options, bool canAsk)
    {
        if (options.BuildNone && (options.BuildAffected || options.Build.Count > 0))
        {
            throw GraftException.Usage($"`{(options.BuildAffected ? "--build-affected" : "--build")}` and `--build-none` contradict each other", "leave one of them out");
        }

        CheckPlan(options);
        AllowedGuards.Check(options.Allow);
        if (options.Plan is not null)
        {
            return;
        }

        if (!canAsk && options.Release is null)
        {
            throw GraftException.Usage("no release is named", "pass `--release R`; `graft release list` shows them");
        }

        if (!canAsk && IsOpen(options))
        {
            throw GraftException.Usage("nothing to do: no image is built and none changes", "pass `--build IMAGE`, `--build-affected` or `--set IMAGE=VERSION`");
        }
    }

    // A plan is all that was decided; only more guards may be allowed.
    private static void CheckPlan(GenerateOptions options)
    {
        var other = new[]
        {
            (options.Release is not null, "--release"), (options.Build.Count > 0, "--build"), (options.BuildAffected, "--build-affected"), (options.BuildNone, "--build-none"),
            (options.Set.Count > 0, "--set"), (options.Name is not null, "--name"), (options.NotesFile is not null, "--notes-file"), (options.NoDraft, "--no-draft"),
            (options.PlanOut is not null, "--plan-out"),
        }.FirstOrDefault(pair => pair.Item1).Item2;
        if (options.Plan is not null && other is not null)
        {
            throw GraftException.Usage($"`--plan` and `{other}` contradict each other", "a plan has decided that already; leave one of them out");
        }

        if (options is { PlanOut: not null, DryRun: true })
        {
            throw GraftException.Usage("`--plan-out` and `--dry-run` contradict each other", "with `--plan-out` nothing but the plan is written");
        }
    }

    /// <summary>Adds what <c>--build-affected</c> means, now that it is known: the affected images that the base has.</summary>
    public static HotfixRequest WithAffected(HotfixRequest request, HotfixFacts facts, GenerateOptions options)
    {
        if (!options.BuildAffected)
        {
            return request;
        }

        var named = request.Build.Select(choice => choice.Image).ToHashSet();
        var affected = facts.AffectedInBase.Select(image => image.Source.Image).Where(image => !named.Contains(image)).ToList();
        return affected.Count + request.Build.Count + request.Changes.Count == 0
            ? throw GraftException.Usage($"nothing to do: the change since '{facts.Base.Name}' affects none of its images", "`graft hotfix affected` shows what changed")
            : request with { Build = [.. request.Build, .. affected.Select(image => new EntryChoice(image, null))] };
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
