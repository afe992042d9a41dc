using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// Where buildah 1.28 and BuildKit differ, BuildKit's rule counts. Each case stands here with both answers, so that the comparison with random
/// contexts may leave it out, and so that a buildah which changed its mind is noticed. <c>docs/dockerfiles.md</c> has the same list.
/// </summary>
public sealed class BuildahDifferencesTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    // moby/patternmatcher's ignorefile.ReadAll takes spaces off behind the `!` before it cleans the path; buildah cleans with the `!` before it.
    [InlineData("*\n! a", "COPY . /x/", "x|x/a", "x")]
    [InlineData("*\n!d/../a", "COPY . /x/", "x|x/a", "x")]
    // tonistiigi/fsutil's filter looks into an ignored folder whenever an exception could match below it; buildah only when the exception begins with it.
    [InlineData("d\n!?/f", "COPY d /x/", "x|x/f", null)]
    // tonistiigi/fsutil's filter leaves the file out of the context, so that a link to it leads nowhere; buildah follows the link.
    [InlineData("d/f", "COPY l/f /x/", null, "x|x/f")]
    // BuildKit's dockerfile2llb sets AllowEmptyWildcard; buildah wants a match.
    [InlineData("", "COPY *.none /x/", "", null)]
    // Docker's documentation wants a slash at the end of the destination. BuildKit and buildah both keep only the last file, which nobody means: refused.
    [InlineData("", "COPY [a.]* /x", null, "x")]
    public async Task Buildkit_s_rule_counts(string ignore, string instruction, string? ours, string? theirs)
    {
        bench.Write("a", "a").Write("d/f", "f").Link("l", "d").Write(".dockerignore", ignore + "\n").Write("Dockerfile", $"FROM scratch\n{instruction}\n");
        using var store = new BuildahStore();

        var built = await store.BuildAsync(bench.Checkout, "Dockerfile", ".dockerignore", ".");

        Assert.Equal(ours, await OursAsync($"FROM scratch\n{instruction}\n"));
        Assert.Equal(theirs, built.Files is null ? null : string.Join('|', built.Files.Select(file => file.Split(' ')[1]).Order(StringComparer.Ordinal)));
    }

    private async Task<string?> OursAsync(string dockerfile)
    {
        try
        {
            var layers = await ImageWorkbench.LayersAsync(await bench.BuildTextAsync(dockerfile));
            return string.Join('|', layers.SelectMany(layer => layer).Select(entry => entry.Split(' ')[2].TrimEnd('/')));
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input)
        {
            return null;
        }
    }
}
