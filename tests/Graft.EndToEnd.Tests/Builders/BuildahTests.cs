using System.Diagnostics;

namespace Graft.EndToEnd.Tests.Builders;

/// <summary>With buildah.</summary>
public sealed class BuildahTests(Buildah buildah) : BuildahBuilderTests(buildah), IClassFixture<Buildah>;

/// <summary>With podman.</summary>
public sealed class PodmanTests(Podman podman) : BuildahBuilderTests(podman), IClassFixture<Podman>;

/// <summary>With either.</summary>
public abstract class BuildahBuilderTests(BuildahBuilder builder) : BuilderTests(builder)
{
    [SlowFact]
    public void Builds_the_same_again()
    {
        var (first, second) = BuildTwice("acme/base", "acme/api");

        Assert.Equal(first, second);
    }

    protected override Task StopStrayAsync() => Stray.StopAsync(builder);
}

/// <summary>A build whose Graft was killed.</summary>
internal static class Stray
{
    /// <summary>Kills the processes that have this builder's storage in their environment, and no other.</summary>
    public static async Task StopAsync(RealBuilder builder)
    {
        var mark = $"CONTAINERS_STORAGE_CONF={builder.Variables["CONTAINERS_STORAGE_CONF"]}";
        foreach (var process in Process.GetProcesses().Where(process => process.Id != Environment.ProcessId && ProcessFiles.Read(process.Id, "environ").Split('\0').Contains(mark, StringComparer.Ordinal)))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
