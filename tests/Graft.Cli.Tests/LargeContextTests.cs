using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>
/// Files in a build context that are larger than the memory that graft and all that it starts may need: one that a script writes, one that is committed.
/// With GRAFT_SLOW the first has 2 GiB. Runs with nothing beside it, for it fills the disk's queue.
/// </summary>
[CollectionDefinition(nameof(LargeContextTests), DisableParallelization = true)]
[Collection(nameof(LargeContextTests))]
public sealed class LargeContextTests : IAsyncLifetime
{
    private const long Mebi = 1024 * 1024;
    private static readonly bool IsSlow = Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 };
    private static readonly long Written = (IsSlow ? 2048 : 200) * Mebi;
    private static readonly long Committed = (IsSlow ? 600 : 200) * Mebi;

    // The runtime that compiles as it goes needs more for itself.
    private static readonly long Limit = (File.Exists(SourceTree.Program + ".dll") ? 250 : 150) * Mebi;

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Are_never_whole_in_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory is read from /proc");
        await RandomAsync("src/api/app/committed", Committed);
        product.Repository.Write("src/api/prepare.sh", $"#!/bin/sh\nhead -c {Written} /dev/urandom > \"$1/app/written\"\n");
        // Not compressed, which would take longer than all the rest; into a pack, where a clone has everything.
        product.Repository.Git("config", "core.compression", "0");
        product.Repository.Git("config", "core.bigFileThreshold", "1m");
        product.Repository.Commit("Large files");
        product.Repository.Push();

        string[] generate = ["hotfix", "generate", "--json", "--quiet", "--offline", "--release", SampleProduct.Release, "--build", "acme/api", "--allow", "affected-not-built", "--name", "3.2.203001010000"];
        var looking = Peak([.. generate, "--dry-run"]);
        var building = Peak(generate);

        TestContext.Current.SendDiagnosticMessage($"looking needs {looking / Mebi} MiB, building {building / Mebi} MiB");
        Assert.InRange(looking, 1, Limit);
        Assert.InRange(building, 1, Limit);
        Assert.InRange(Directory.EnumerateFiles(product.At(".graft/images/blobs/sha256")).Max(file => new FileInfo(file).Length), Written + Committed, Written + Committed + Mebi);
    }

    private long Peak(string[] arguments)
    {
        using var graft = product.Graft.Start(arguments);
        var (result, peak) = TreeMemory.Watch(graft);
        result.Succeeded();
        return peak;
    }

    private async Task RandomAsync(string path, long size)
    {
        var made = await TemporaryRepository.Runner.RunAsync(
            new() { Program = "sh", Arguments = ["-c", "head -c \"$1\" /dev/urandom > \"$0\"", product.At(path), $"{size}"] }, TestContext.Current.CancellationToken);
        Assert.True(made.Succeeded);
    }
}
