using Graft.Adapters.Processes;
using Graft.Testing;

namespace Graft.House.Tests;

/// <summary>The list of faults that <c>tests/mutants</c> plants fits the sources, and takes every guard away once.</summary>
public sealed class MutantTests
{
    [Fact]
    public async Task Every_fault_can_be_planted_and_every_guard_has_one()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Assert.SkipUnless(path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3"))), "python3 is not installed");
        var call = new ProgramCall { Program = "python3", Arguments = [SourceTree.At("tests", "mutants"), "--check"], WorkingDirectory = SourceTree.Root };

        var result = await TemporaryRepository.Runner.RunAsync(call, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, result.Error);
    }
}
