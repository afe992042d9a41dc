using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// Where buildah 1.28 and BuildKit differ, and the few places where ours is not BuildKit's way. Each case stands here with all answers, so that the
/// comparison with random contexts may leave it out, and so that a builder which changed its mind is noticed. <c>docs/dockerfiles.md</c> has the same
/// list. With GRAFT_BUILDX the last answer is checked instead of buildah's.
/// </summary>
public sealed class BuildahDifferencesTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    // moby/patternmatcher's ignorefile.ReadAll takes spaces off behind the `!` before it cleans the path; buildah cleans with the `!` before it.
    [InlineData("*\n! a", "COPY . /x/", "x|x/a", "x", "x|x/a")]
    [InlineData("*\n!d/../a", "COPY . /x/", "x|x/a", "x", "x|x/a")]
    // moby/patternmatcher reads `**x` as all that ends with x; containers/storage as all with the name x.
    [InlineData("**a", "COPY *a /x/", "", "x|x/ba", "")]
    // tonistiigi/fsutil's filter.go looks into an ignored folder whenever an exception could match below it; buildah only when the exception begins with it.
    [InlineData("d\n!?/f", "COPY d /x/", "x|x/f", null, "x|x/f")]
    // MatchesUsingParentResults does not look at an exception for a folder that is not ignored, so it brings nothing of the folder back.
    [InlineData("**/f\n!d", "COPY d /x/", "x|x/g|x/g/h", "x|x/f|x/g|x/g/h", "x|x/g|x/g/h")]
    // tonistiigi/fsutil's filter leaves the file out of the context, so that a link to it leads nowhere; buildah follows the link.
    [InlineData("d/f", "COPY l/f /x/", null, "x|x/f", null)]
    // BuildKit's dockerfile2llb sets AllowEmptyWildcard; buildah wants a match, and after an ignored file does not count a folder without content.
    [InlineData("", "COPY *.none /x/", "", null, "")]
    [InlineData("d/f\nd/g/h", "COPY d/* ./", "", null, "")]
    // resolveWildcards of fsutil's copy.go walks, and a walk does not go through links; buildah's glob does.
    [InlineData("", "COPY [m]/*/f /x/", "", "x|x/f", "")]
    // Buildah takes the first match for a file to be given the name, though it is left out, and then has more to give it to: an internal error.
    [InlineData("a", "COPY [ad] /x", "x|x/f|x/g|x/g/h", null, "x|x/f|x/g|x/g/h")]
    // ensureEmptyFileTarget of fsutil's copy.go; buildah takes the folder away.
    [InlineData("", "COPY [de] /x/", null, "x|x/f|x/g", null)]
    // Docker's documentation wants a slash at the end of the destination. BuildKit and buildah both keep only the last file, which nobody means: refused.
    [InlineData("", "COPY [a.]* /x", null, "x", "x")]
    // filter.go finds the files in its walk, and does not open them, so they come empty (x/g, a folder of them, too).
    [InlineData("**\n**\n!d/**\n*", "COPY . /x/", "x", "x", "x|x/d|x/d/f|x/d/g|x/d/g/h")]
    // BuildKit looks for what each link leads to among all that a wildcard takes (moby/buildkit#4946).
    [InlineData("", "COPY [k] /x/", "x|x/lost", "x|x/lost", null)]
    // fsutil's followlinks.go does not follow a link below a folder that a wildcard names, so what it leads to is not sent.
    [InlineData("", "COPY [m]/* /x/", "x|x/g|x/g/h|x/f", "x|x/g|x/g/h|x/f", null)]
    public async Task Each_answers_as_it_is_said(string ignore, string instruction, string? ours, string? buildah, string? buildKit)
    {
        await Reference.NeedAsync();
        bench.Write("a", "a").Write("ba", "ba").Write("d/f", "f").Write("d/g/h", "h").Write("e/g", "g").Link("l", "d").Link("k/lost", "nowhere").Link("m/link", "../d");
        bench.Write(".dockerignore", ignore + "\n").Write("Dockerfile", $"FROM scratch\n{instruction}\n");
        using var reference = Reference.Open();

        var built = await reference.BuildAsync(bench.Checkout, "Dockerfile", ".");

        Assert.Equal(Sorted(ours), await OursAsync($"FROM scratch\n{instruction}\n"));
        Assert.Equal(Sorted(Reference.IsBuildKit ? buildKit : buildah), built.Files?.Select(ExportedFiles.PathOf).Select(path => path.TrimEnd('/')).Order(StringComparer.Ordinal));
    }

    // filter.go sends such a folder before the first file in it, and the copier gives it the mode; buildah makes the folders above a file itself.
    [Fact]
    public async Task An_ignored_folder_for_an_exception_has_the_mode_that_is_asked_for()
    {
        await Reference.NeedAsync();
        bench.Write("ctx/d/f", "f").Write("ctx/.dockerignore", "d\n!d/f\n").Write("Dockerfile", "FROM scratch\nCOPY --chmod=0700 . /x/\n");
        using var reference = Reference.Open();

        var built = await reference.BuildAsync(bench.Checkout, "Dockerfile", "ctx");
        var ours = (await ImageWorkbench.LayersAsync(await bench.BuildAsync(source => source with { Context = "ctx" }))).Single();

        Assert.Contains("700 0:0 x/d/", ours);
        Assert.Contains(Reference.IsBuildKit ? "700 0:0 x/d" : "755 0:0 x/d", built.Files!);
    }

    private static IEnumerable<string>? Sorted(string? paths) => paths?.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>?> OursAsync(string dockerfile)
    {
        try
        {
            var layers = await ImageWorkbench.LayersAsync(await bench.BuildTextAsync(dockerfile));
            return layers.SelectMany(layer => layer).Select(entry => ExportedFiles.PathOf(entry).TrimEnd('/')).Order(StringComparer.Ordinal);
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input)
        {
            return null;
        }
    }
}
