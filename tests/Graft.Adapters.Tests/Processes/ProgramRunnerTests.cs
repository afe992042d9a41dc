using System.Globalization;
using System.Text;
using Graft.Adapters.Processes;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Processes;

public class ProgramRunnerTests
{
    private readonly ProgramRunner runner = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collects_both_outputs_and_the_exit_code()
    {
        var result = await runner.RunAsync(Shell("printf out; printf err >&2; exit 3"), cancellation);

        Assert.Equal((3, "out", "err"), (result.ExitCode, result.Text, result.Error));
    }

    [Fact]
    public async Task Arguments_are_not_read_by_a_shell()
    {
        var call = new ProgramCall { Program = "printf", Arguments = ["%s|", "$HOME", "a b", "", "*", "\"'"] };

        Assert.Equal("$HOME|a b||*|\"'|", (await runner.RunAsync(call, cancellation)).Text);
    }

    [Fact]
    public async Task Passes_more_input_than_a_pipe_holds_and_reads_as_much()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('x', 3_000_000));

        var result = await runner.RunAsync(Shell("cat") with { StandardInput = bytes }, cancellation);

        Assert.Equal(bytes, result.Output);
    }

    [Fact]
    public async Task Input_that_is_not_read_is_no_failure()
    {
        var result = await runner.RunAsync(Shell("exit 0") with { StandardInput = new byte[3_000_000] }, cancellation);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Output_can_be_read_as_it_comes_and_left_alone_before_its_end()
    {
        // It would go on for ever, were it not told that nobody listens.
        var (head, _) = await runner.ReadAsync(Shell("while echo more; do :; done 2> /dev/null"), ReadSomeAsync, cancellation);

        Assert.Equal("more\nmore\n", head);

        static async Task<string> ReadSomeAsync(Stream stream)
        {
            var bytes = new byte[10];
            await stream.ReadExactlyAsync(bytes);
            return Encoding.ASCII.GetString(bytes);
        }
    }

    [Fact]
    public async Task Without_input_a_program_reads_the_end_at_once() =>
        Assert.Equal("", (await runner.RunAsync(Shell("cat"), cancellation)).Text);

    [Fact]
    public async Task Sets_and_unsets_variables()
    {
        var call = Shell("echo ${HOME-unset} $GRAFT_TEST") with
        {
            Environment = new Dictionary<string, string?> { ["HOME"] = null, ["GRAFT_TEST"] = "set" },
        };

        Assert.Equal("unset set\n", (await runner.RunAsync(call, cancellation)).Text);
    }

    [Fact]
    public async Task Streams_lines_of_both_outputs()
    {
        var lines = new List<string>();

        var exitCode = await runner.StreamAsync(Shell("echo one; echo two >&2; printf three; exit 4"), lines.Add, cancellation);

        Assert.Equal(4, exitCode);
        Assert.Equal(["one", "three", "two"], lines.Order());
    }

    [Fact]
    public async Task A_line_arrives_while_the_program_runs()
    {
        using var folder = new TemporaryFolder();
        var gate = folder.At("gate");

        // It ends only when its first line has come through.
        var exitCode = await runner.StreamAsync(
            Shell("echo here; while [ ! -e \"$0\" ]; do sleep 0.01; done", gate), _ => File.WriteAllText(gate, ""), cancellation);

        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task A_receiver_that_throws_stops_the_program()
    {
        var pid = 0;

        await Assert.ThrowsAsync<FormatException>(() => runner.StreamAsync(
            Shell("echo $$; exec sleep 1000"),
            line =>
            {
                pid = int.Parse(line, CultureInfo.InvariantCulture);
                throw new FormatException();
            },
            cancellation));

        Assert.False(IsRunning(pid));
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_named()
    {
        var call = new ProgramCall { Program = "no-such-program-of-ours", Arguments = [] };

        var failure = await Assert.ThrowsAsync<GraftException>(() => runner.RunAsync(call, cancellation));

        Assert.Equal((FailureKind.Outside, "cannot run 'no-such-program-of-ours': it is not installed"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task A_missing_folder_is_not_taken_for_a_missing_program()
    {
        var failure = await Assert.ThrowsAsync<GraftException>(() => runner.RunAsync(Shell("true") with { WorkingDirectory = "/no/such" }, cancellation));

        Assert.Equal("cannot run 'sh' in '/no/such': the folder does not exist", failure.Message);
    }

    [Fact]
    public async Task Does_not_wait_for_a_child_that_outlives_the_program_and_holds_its_pipes()
    {
        // A git with a kept ssh connection does this.
        var result = await runner.RunAsync(Shell("sleep 1000 & echo $!"), cancellation);

        var pid = int.Parse(result.Text, CultureInfo.InvariantCulture);
        Assert.True(IsRunning(pid));
        await runner.RunAsync(Shell("kill $0", result.Text.Trim()), cancellation);
    }

    [Fact]
    public async Task Cancelling_ends_the_program_and_its_children()
    {
        var pids = await CancelAsync(runner, "sleep 1000 & sh -c 'sleep 1000 & echo $$ $!; wait' & echo $$ $!; wait", lines: 2);

        Assert.Equal(4, pids.Count);
        Assert.DoesNotContain(pids, IsRunning);
    }

    [Fact]
    public async Task Cancelling_lets_the_program_clean_up()
    {
        using var folder = new TemporaryFolder();
        var leftover = folder.Write("index.lock", "");

        await CancelAsync(new ProgramRunner { Grace = TimeSpan.FromMinutes(1) }, "trap 'rm \"$0\"; exit' TERM; echo $$; while :; do sleep 0.01; done", 1, leftover);

        Assert.False(File.Exists(leftover));
    }

    [Fact]
    public async Task Kills_what_does_not_end_by_itself()
    {
        var pids = await CancelAsync(
            new ProgramRunner { Grace = TimeSpan.FromMilliseconds(50) },
            "trap '' TERM; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.01; done' & echo $$; while :; do sleep 0.01; done",
            lines: 2);

        Assert.Equal(2, pids.Count);
        Assert.DoesNotContain(pids, IsRunning);
    }

    [Fact]
    public async Task Kills_a_child_whose_parent_has_ended_already()
    {
        var pids = await CancelAsync(
            new ProgramRunner { Grace = TimeSpan.FromMilliseconds(50) },
            "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.01; done' & echo $$; wait",
            lines: 2);

        Assert.Equal(2, pids.Count);
        Assert.DoesNotContain(pids, IsRunning);
    }

    [Fact]
    public async Task A_child_that_starts_while_its_parent_is_being_stopped_is_found()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "looks for leftovers by their environment");
        var mark = $"GRAFT_TEST={Guid.NewGuid():N}";

        // Cancelled in the midst of starting them.
        await CancelAsync(
            runner, $"export {mark}; echo $$; i=0; while [ $i -lt 500 ]; do sleep 1000 & i=$((i+1)); done; wait", lines: 1);

        Assert.DoesNotContain(ProcessTable.Read().Keys, pid => EnvironmentOf(pid).Contains(mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stops_what_nobody_waits_for()
    {
        var pids = new List<int>();
        var heard = new TaskCompletionSource();
        var left = runner.StreamAsync(Shell("echo $$; exec sleep 1000"), Hear, cancellation);
        await heard.Task.WaitAsync(cancellation);

        await runner.StopAllAsync();

        Assert.DoesNotContain(pids, IsRunning);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(Shell("exec sleep 1000"), cancellation));

        void Hear(string line)
        {
            pids.Add(int.Parse(line, CultureInfo.InvariantCulture));
            heard.SetResult();
        }
    }

    [Fact]
    public async Task A_program_that_an_interruption_reaches_first_was_interrupted()
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var patient = new ProgramRunner { SignalPatience = TimeSpan.FromMinutes(10) };
        var ended = patient.StreamAsync(Shell("echo; kill -TERM $$"), _ => interruption.CancelAfter(TimeSpan.FromMilliseconds(50)), interruption.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ended);
        Assert.Equal(143, (await runner.RunAsync(Shell("kill -TERM $$"), cancellation)).ExitCode);
    }

    private static string EnvironmentOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static ProgramCall Shell(string script, params string[] arguments) => new() { Program = "sh", Arguments = ["-c", script, .. arguments] };

    private static bool IsRunning(int pid) => ProcessTable.Read().ContainsKey(pid);

    /// <summary>Cancels a script once it has written so many lines of process numbers; the numbers.</summary>
    private async Task<List<int>> CancelAsync(ProgramRunner cancelled, string script, int lines, params string[] arguments)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pids = new List<int>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.StreamAsync(
            Shell(script, arguments),
            line =>
            {
                pids.AddRange(line.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)));
                if (--lines == 0)
                {
                    source.Cancel();
                }
            },
            source.Token));
        return pids;
    }
}
