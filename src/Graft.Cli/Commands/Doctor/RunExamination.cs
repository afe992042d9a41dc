using Graft.Adapters.Journal;

namespace Graft.Cli.Commands.Doctor;

/// <summary>Runs that are on their way or were cut off.</summary>
internal static class RunExamination
{
    public static IReadOnlyList<Finding> Of(RunListing runs, string program)
    {
        List<Finding> findings =
        [
            .. runs.Unreadable.Select(run => Finding.Note(run.Reason)),
            .. runs.Runs.Select(run => run.State switch
            {
                RunState.Interrupted => Finding.Note($"hotfix {run.Name} of {run.Base} was cut off, at: {run.Operation}", $"`{program} hotfix resume {run.Name}`, or `{program} hotfix abandon {run.Name}`"),
                RunState.Running => Finding.Note($"hotfix {run.Name} of {run.Base} is on its way"),
                _ => null,
            }).OfType<Finding>(),
        ];
        return findings.Count > 0 ? findings : [Finding.Ok("no hotfix was cut off")];
    }
}
