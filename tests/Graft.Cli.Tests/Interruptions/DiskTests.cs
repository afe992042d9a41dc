using System.Globalization;
using Graft.Testing;
using Graft.Testing.Faults;

namespace Graft.Cli.Tests.Interruptions;

/// <summary>Disks that are really full and folders that really cannot be written to: for the programs that are started, too.</summary>
public sealed class DiskTests : IAsyncLifetime
{
    // $SPOT becomes a disk of its own, with what was in it and $PAGES pages of room; then there is room again, and the hotfix is carried on.
    private const string OnFullDisk = """
        mkdir -p "$SPOT" "$REPORT/kept"
        cp -a "$SPOT/." "$REPORT/kept/"
        mount -t tmpfs -o size=64m none "$SPOT"
        cp -a "$REPORT/kept/." "$SPOT/"
        used=$(df -Pk "$SPOT" | awk 'END { print $3 }')
        # No room at all cannot be had: a size of 0 means any.
        mount -o remount,size=$((used + 4 * PAGES > 4 ? used + 4 * PAGES : 4))k "$SPOT"
        code=0
        "$PROGRAM" "$@" 2> "$REPORT/words" || code=$?
        echo $code > "$REPORT/code"
        mount -o remount,size=64m "$SPOT"
        [ ! -f "$PLAN" ] || set -- hotfix resume "$NAME"
        "$PROGRAM" "$@"
        cp -a "$SPOT" "$REPORT/after"
        umount "$SPOT"
        rm -rf "$SPOT"
        mv "$REPORT/after" "$SPOT"
        """;

    private const string OnReadOnlyDisk = """
        mkdir -p "$SPOT" "$REPORT"
        mount --bind "$SPOT" "$SPOT"
        mount -o remount,bind,ro "$SPOT"
        code=0
        "$PROGRAM" "$@" 2> "$REPORT/words" || code=$?
        echo $code > "$REPORT/code"
        mount -o remount,bind,rw "$SPOT"
        [ ! -f "$PLAN" ] || set -- hotfix resume "$NAME"
        "$PROGRAM" "$@"
        """;

    private const int MostPages = 4096;
    private static readonly bool EveryPage = Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 };

    private SampleProduct product = null!;
    private WorldSnapshot unbroken = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(FaultLibrary.Missing is not null, FaultLibrary.Missing ?? "");
        Assert.SkipWhen(PrivateMounts.Missing is not null, PrivateMounts.Missing ?? "");
        product = await SampleHotfix.MakeProductAsync();
        using var folder = new TrialFolder(product);
        folder.Graft.Run(SampleHotfix.Generate).Succeeded();
        unbroken = WorldSnapshot.Of(folder.Path);
    }

    public ValueTask DisposeAsync()
    {
        product?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("product/.graft")]
    [InlineData("product/releases")]
    [InlineData("user/cache")]
    public void A_disk_of_any_size_that_is_too_small(string spot)
    {
        var full = 0;
        for (var pages = 0; ; pages = EveryPage ? pages + 1 : (pages * 3 / 2) + 1)
        {
            Assert.InRange(pages, 0, MostPages);
            if (Try(OnFullDisk, spot, pages) == 0)
            {
                break;
            }

            full++;
        }

        Console.WriteLine($"a full disk at {spot}: {full} sizes that are too small");
        Assert.NotEqual(0, full);
    }

    [Theory]
    [InlineData("product/releases")]
    [InlineData("product/.graft")]
    [InlineData("product/.graft/runs")]
    [InlineData("product/.graft/images")]
    [InlineData("product/.graft/published")]
    [InlineData("user/cache")]
    public void A_folder_that_is_read_only(string spot) => Assert.NotEqual(0, Try(OnReadOnlyDisk, spot, 0));

    /// <summary>How the first attempt ended. That it said why, and that the second one made good, is looked at here.</summary>
    private int Try(string script, string spot, int pages)
    {
        using var folder = new TrialFolder(product);
        using var report = new TemporaryFolder();
        var variables = new Dictionary<string, string?>(folder.Graft.Environment())
        {
            ["SPOT"] = Path.Combine(folder.Path, spot),
            ["REPORT"] = report.At("report"),
            ["PAGES"] = pages.ToString(CultureInfo.InvariantCulture),
            ["PROGRAM"] = SourceTree.Program,
            ["PLAN"] = SampleHotfix.Plan,
            ["NAME"] = SampleHotfix.Name,
            ["LD_PRELOAD"] = null,
        };

        PrivateMounts.Run(script, folder.Product, variables, SampleHotfix.Generate).Succeeded();

        var words = File.ReadAllText(report.At("report", "words"));
        var code = int.Parse(File.ReadAllText(report.At("report", "code")), CultureInfo.InvariantCulture);
        Assert.True(code is 0 or 4 or 5, words);
        Assert.DoesNotContain("bug: ", words, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", words, StringComparison.Ordinal);
        Assert.Equal([], unbroken.DifferencesOf(WorldSnapshot.Of(folder.Path)));
        return code;
    }
}
