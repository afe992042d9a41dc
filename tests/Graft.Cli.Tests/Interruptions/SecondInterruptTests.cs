using Graft.Testing;

namespace Graft.Cli.Tests.Interruptions;

/// <summary>The first Ctrl-C asks what runs to end and waits for it; the second does not wait.</summary>
public sealed class SecondInterruptTests : IDisposable
{
    // Says that it was asked to end, and goes on until somebody writes to the pipe.
    private const string Stubborn = """
        #!/bin/sh
        [ -n "$SAMPLE_HOLD" ] || exit 0
        trap 'echo asked to end' TERM
        (trap '' TERM; exec cat "$SAMPLE_HOLD") &
        echo $! > "$SAMPLE_HOLD.id"
        echo holding
        while kill -0 $! 2> /dev/null; do wait $!; done
        """;

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Stops_at_once_and_can_be_resumed()
    {
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        product.Repository.Commit("A preparation that takes its time", ("src/api/prepare.sh", Stubborn + "\n"));
        product.Repository.Push();
        using var hold = new HoldingPipe(product.Repository.Beside("hold"));
        using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(SampleHotfix.Generate);
        graft.WaitForError("build acme/api: holding");

        graft.Signal("INT");
        graft.WaitForError("build acme/api: asked to end");
        graft.Signal("INT");

        var result = graft.WaitForExit();
        Assert.Equal(130, result.ExitCode);
        Assert.DoesNotContain("error: ", result.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists($"/proc/{File.ReadAllText(hold.Path + ".id").Trim()}"), "it waited for what it had started");
        hold.LetGo();
        product.Graft.Run(SampleHotfix.Resume).Succeeded();
    }
}
