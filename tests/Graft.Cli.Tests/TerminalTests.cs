using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Colour, terminals, and readers that go away.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Escape = "\u001b[38";
    private static readonly string[] Refused = ["hotfix", "generate", "--yes", "--release", SampleProduct.Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built"];

    private readonly SampleProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public void Is_coloured_on_a_terminal() => Assert.Contains(Escape, OnTerminal(product.Graft, Refused).Output, StringComparison.Ordinal);

    [Fact]
    public void Is_not_coloured_where_NO_COLOR_is_set() => Assert.DoesNotContain(Escape, OnTerminal(product.Graft.With("NO_COLOR", "1"), Refused).Output, StringComparison.Ordinal);

    [Fact]
    public void Is_not_coloured_with_no_color() => Assert.DoesNotContain(Escape, OnTerminal(product.Graft, [.. Refused, "--no-color"]).Output, StringComparison.Ordinal);

    [Fact]
    public void Is_not_coloured_elsewhere()
    {
        var result = product.Graft.Run(Refused);

        Assert.DoesNotContain("\u001b", result.Error, StringComparison.Ordinal);
        Assert.Contains("refused: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_failure()
    {
        // More than a pipe holds, so that the writer has to meet the closed end.
        var images = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"  - example/image-{i}:1\n"));
        product.WriteManifest(SampleProduct.Release, product.ReadManifest(SampleProduct.Release).Replace("core_images:", "many_images:\n" + images + "core_images:", StringComparison.Ordinal));
        using var graft = product.Graft.Start("release", "images", SampleProduct.Release);

        graft.CloseOutput();

        var result = graft.WaitForExit();
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_title_from_outside_does_not_steer_the_terminal()
    {
        product.Repository.Git("switch", "--quiet", "--create", "x");
        product.Repository.Write("a\u001b]0;owned\u0007.txt", "1\n");
        product.Repository.Commit("A nasty name");
        product.Repository.Push();
        product.Repository.Write("a\u001b]0;owned\u0007.txt", "2\n");

        var result = product.Run($"hotfix generate --offline --release {SampleProduct.Release} --set bitnami/redis=7.2.5 --allow affected-not-built");

        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("\u001b", result.Error, StringComparison.Ordinal);
        Assert.Contains("owned", result.Error, StringComparison.Ordinal);
    }

    private static GraftResult OnTerminal(GraftRun graft, IReadOnlyList<string> arguments)
    {
        using var terminal = graft.StartOnTerminal(arguments);
        var result = terminal.WaitForExit();
        Assert.Equal(3, result.ExitCode);
        return result;
    }
}
