using System.Collections.Concurrent;

namespace Graft.Testing.Faults;

/// <summary>
/// Runs a command once unbroken, which says at which calls it can be broken and how the world has to look at the end; then breaks it, once for
/// each fault, in a world of its own, carries it on, and compares.
/// </summary>
public sealed class FaultTrials
{
    private readonly SampleProduct template;
    private readonly InterruptedCommand command;
    private readonly WorldSnapshot before;
    private readonly WorldSnapshot unbroken;

    /// <summary>Makes the unbroken run.</summary>
    public FaultTrials(SampleProduct template, InterruptedCommand command)
    {
        this.template = template;
        this.command = command;
        // It is copied for every trial: few files are quicker than many.
        template.Repository.Git("repack", "-a", "-d", "--quiet");
        template.Repository.GitIn(template.Repository.Remote, "repack", "-a", "-d", "--quiet");
        using var folder = new TrialFolder(template);
        before = WorldSnapshot.Of(folder.Path);
        Prepared(folder.Broken(fault: null)).Run(command.Line).Succeeded();
        Points = folder.Log.ReadPoints(JournalReading.Of(folder.Product));
        unbroken = WorldSnapshot.Of(folder.Path);
    }

    /// <summary>The calls at which it can be broken, in the order in which they came.</summary>
    public IReadOnlyList<CallPoint> Points { get; }

    /// <summary>Tries each fault; the results in the same order.</summary>
    public IReadOnlyList<TrialResult> Try(IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        var results = new ConcurrentDictionary<Fault, TrialResult>();
        Parallel.ForEach(
            faults,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            fault => results[fault] = Try(fault));
        return [.. faults.Select(fault => results[fault])];
    }

    private GraftRun Prepared(GraftRun run) => command.Variables.Aggregate(run, (run, variable) => run.With(variable.Key, variable.Value));

    private TrialResult Try(Fault fault)
    {
        using var folder = new TrialFolder(template);
        var broken = Prepared(folder.Broken(fault)).Run(command.Line);
        var came = folder.Log.SaysThatItCame();
        var carryOn = command.CarryOn(folder.Product);
        var problems = came ? Judgement.Of(command, fault.Kind, broken, carryOn, LeftBehind.In(folder.Path)).ToList() : [];
        LeftBehind.WaitForAll(folder.Path);
        if (broken.Error.Contains("nothing was changed", StringComparison.Ordinal))
        {
            problems.AddRange(before.DifferencesOf(WorldSnapshot.Of(folder.Path)).Where(IsOfTheUser).Select(difference => "it said that nothing was changed, but " + difference));
        }

        var carriedOn = Prepared(folder.Graft).Run(carryOn);
        if (carriedOn.ExitCode != 0)
        {
            problems.Add($"`graft {string.Join(' ', carryOn)}` did not carry it on: {carriedOn}");
        }

        problems.AddRange(unbroken.DifferencesOf(WorldSnapshot.Of(folder.Path)));
        if (problems.Count > 0)
        {
            problems.Add($"the broken run: {broken}");
        }

        return new TrialResult(fault, came, broken.ExitCode, problems);
    }

    // What Graft notes for itself is no change that anybody minds.
    private static bool IsOfTheUser(string difference) => !difference.Contains("'product/.graft/runs", StringComparison.Ordinal);
}
