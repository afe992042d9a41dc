using System.Diagnostics;
using System.Text;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Builders;

/// <summary>Docker's daemon, started for the tests with everything of its own, and Debian's client for it.</summary>
public sealed class DockerDaemon : RealBuilder
{
    private const string Daemon = "/usr/sbin/dockerd";
    private const string Client = "/usr/bin/docker";
    private readonly TemporaryFolder folder = new();
    private readonly Process? daemon;
    private readonly string? problem;

    public DockerDaemon()
    {
        // Another client may stand before Debian's in PATH.
        Directory.CreateDirectory(folder.At("bin"));
        File.CreateSymbolicLink(folder.At("bin", "docker"), Client);
        var socket = $"unix://{folder.At("sock")}";
        Variables = new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = socket,
            ["PATH"] = folder.At("bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["DOCKER_CONFIG"] = folder.At("config"),
        };
        if (!File.Exists(Daemon) || !File.Exists(Client))
        {
            problem = "docker is not installed";
            return;
        }

        var start = new ProcessStartInfo(Daemon, [
            "--iptables=false", "--bridge=none", "--storage-driver=vfs", "--data-root", folder.At("data"), "--exec-root", folder.At("exec"), "--pidfile", folder.At("pid"),
            "--host", socket])
        { RedirectStandardError = true, UseShellExecute = false };
        daemon = Process.Start(start)!;
        var said = new StringBuilder();
        var isUp = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        daemon.ErrorDataReceived += (_, line) =>
        {
            said.AppendLine(line.Data);
            if (line.Data is null || line.Data.Contains("API listen on", StringComparison.Ordinal))
            {
                isUp.TrySetResult(line.Data is not null);
            }
        };
        daemon.BeginErrorReadLine();
        problem = isUp.Task.GetAwaiter().GetResult() ? null : $"dockerd does not start here:\n{said}";
    }

    public override string Name => "docker";

    public override string Options => "[--network=none, --no-cache]";

    public override IReadOnlyDictionary<string, string?> Variables { get; }

    protected override string Program => Client;

    protected override IReadOnlyList<IReadOnlyList<string>> Listings => [["images", "--all", "--quiet"], ["ps", "--all", "--quiet"]];

    public override void Require()
    {
        if (problem is not null)
        {
            Assert.Skip(problem);
        }
    }

    public override void Dispose()
    {
        if (daemon is not null && problem is null)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{daemon.Id}"]);
            daemon.WaitForExit();
            // It has mounted its data onto itself.
            using var unmount = Process.Start("umount", ["--lazy", "--quiet", folder.At("data")]);
            unmount.WaitForExit();
        }

        daemon?.Dispose();
        folder.Dispose();
    }
}
