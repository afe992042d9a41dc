using Graft.Adapters.Processes;
using Graft.Testing;

namespace Graft.Adapters.Tests.Processes;

public sealed class ProcessTreeTests
{
    [Fact]
    public async Task A_number_that_another_process_has_by_now_is_left_alone()
    {
        using var other = new RunningProgram("sleep", ["1000"], "/", new Dictionary<string, string?>());
        var now = ProcessTable.Find(other.Id)!.Value;

        await ProcessTree.StopAsync(now with { Start = now.Start + "0" }, TimeSpan.Zero);
        Assert.Equal(now, ProcessTable.Find(other.Id));

        await ProcessTree.StopAsync(now, TimeSpan.Zero);
        Assert.Null(ProcessTable.Find(other.Id));
    }
}
