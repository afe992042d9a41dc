using System.CommandLine;
using static Graft.Cli.Commands.GraftCommand;

namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary><c>graft hotfix generate</c>: its arguments and help.</summary>
internal static class GenerateCommand
{
    public static Command Create(GlobalOptionSet globals)
    {
        var release = One("--release", "R", "The release that is fixed");
        var build = Many("--build", "IMAGE", "Build these images from HEAD");
        var buildAffected = Flag("--build-affected", "Build every image that the change can alter");
        var buildNone = Flag("--build-none", "Build nothing");
        var set = Many("--set", "IMAGE[:OLD]=NEW", "Change the version of these images; NEW is a tag, @sha256:…, TAG@sha256:… or a whole reference");
        var allow = Many("--allow", "GUARD", "Go on although these guards refuse");
        var name = One("--name", "NAME", "Name the hotfix; default: the present minute, or the next that is free");
        var notes = One("--notes-file", "F", "Take the draft's notes from F (- for standard input)");
        var dryRun = Flag("--dry-run", "Stop after showing what would be done");
        var planOut = One("--plan-out", "F", "Write what was decided to F, and stop; nothing is built or sent");
        var plan = One("--plan", "F", "Carry out what was decided before and is in F; asks nothing else");
        var noDraft = Flag("--no-draft", "Write the manifest, but put up no draft");
        return GraftCommand.Create(
            "generate",
            "Build and change images of a release, and put the new release up as a draft",
            globals,
            [release, build, buildAffected, buildNone, set, allow, name, notes, dryRun, planOut, plan, noDraft],
            (result, session) => new HotfixGeneration(session, new GenerateOptions
            {
                Release = result.GetValue(release),
                Build = result.GetValue(build) ?? [],
                BuildAffected = result.GetValue(buildAffected),
                BuildNone = result.GetValue(buildNone),
                Set = result.GetValue(set) ?? [],
                Allow = result.GetValue(allow) ?? [],
                Name = result.GetValue(name),
                NotesFile = result.GetValue(notes),
                DryRun = result.GetValue(dryRun),
                PlanOut = result.GetValue(planOut),
                Plan = result.GetValue(plan),
                NoDraft = result.GetValue(noDraft),
            }).RunAsync());
    }
}
