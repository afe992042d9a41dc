using Graft.Core.Hotfixes.Picks;

namespace Graft.Core.Tests.Hotfixes.Picks;

/// <summary>A picked change beside its source, as git writes the two.</summary>
public sealed class PatchComparisonTests
{
    private const string Head = "diff --git a/f b/f\nindex 1111..2222 100644\n--- a/f\n+++ b/f\n";
    private const string Source = Head + "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n";

    [Fact]
    public void Line_numbers_and_names_of_contents_do_not_count() =>
        Assert.Equal(PatchLikeness.Same, Compare(Source, Source.Replace("-1,3 +1,3", "-11,3 +12,3", StringComparison.Ordinal).Replace("1111..2222", "3333..4444", StringComparison.Ordinal)).Likeness);

    [Fact]
    public void Other_lines_around_make_it_similar() =>
        Assert.Equal(PatchLikeness.Similar, Compare(Source, Source.Replace(" one\n", " uno\n", StringComparison.Ordinal)).Likeness);

    [Theory]
    [InlineData("+2\n", "+ 2\n")]
    [InlineData("+2\n", "+2\r\n")]
    [InlineData("-two\n", "-two \n")]
    [InlineData("+2\n three\n", "+2\n\\ No newline at end of file\n three\n")]
    public void White_space_counts(string text, string other) =>
        Assert.Equal(PatchLikeness.Different, Compare(Source, Source.Replace(text, other, StringComparison.Ordinal)).Likeness);

    [Fact]
    public void What_differs_is_told_by_file_and_side()
    {
        var comparison = Compare(Source, Source.Replace("+2\n", "+zwei\n", StringComparison.Ordinal));

        var difference = Assert.Single(comparison.Differences);
        Assert.Equal("f", difference.Path);
        Assert.Equal(["+2"], difference.OnlySource);
        Assert.Equal(["+zwei"], difference.OnlyPick);
    }

    [Fact]
    public void A_file_that_only_one_of_them_changes_is_a_difference()
    {
        var comparison = Compare(Source + Source.Replace("/f", "/g", StringComparison.Ordinal), Source);

        Assert.Equal("g", Assert.Single(comparison.Differences).Path);
    }

    [Fact]
    public void A_removed_line_that_looks_like_a_header_is_a_line()
    {
        var files = PatchText.Read(Head + "@@ -1,2 +1 @@\n--- a/g\n-diff --git a/h b/h\n+++ b/g\ndiff --git a/i b/i\nold mode 100644\nnew mode 100755\n");

        Assert.Equal(["f", "i"], files.Select(file => file.Path));
        Assert.Equal(["--- a/g", "-diff --git a/h b/h", "+++ b/g"], files[0].Hunks[0].Lines);
        Assert.Equal(PatchLikeness.Different, PatchComparison.Of(files, [files[0]]).Likeness);
    }

    [Fact]
    public void A_binary_file_is_compared_by_the_contents_that_come()
    {
        const string binary = "diff --git a/x b/x\nindex 1111..2222 100644\nBinary files a/x and b/x differ\n";

        Assert.Equal(PatchLikeness.Same, Compare(binary, binary.Replace("1111", "3333", StringComparison.Ordinal)).Likeness);
        Assert.Equal(PatchLikeness.Different, Compare(binary, binary.Replace("2222", "3333", StringComparison.Ordinal)).Likeness);
    }

    [Theory]
    [InlineData("diff --git a/a b b/a b", "a b")]
    [InlineData("diff --git \"a/\\303\\244\\tx\" \"b/\\303\\244\\tx\"", "ä\tx")]
    public void A_path_may_be_anything(string line, string path) => Assert.Equal(path, Assert.Single(PatchText.Read(line + "\nold mode 100644\nnew mode 100755\n")).Path);

    [Theory]
    [InlineData("Fix sessions (#12)", true)]
    [InlineData("Merge pull request #12 from ada/sessions", true)]
    [InlineData("Revert \"Fix sessions (#12)\" (#15)", false)]
    [InlineData("Fix sessions (#123)", false)]
    [InlineData("Merge pull request #123 from ada/x", false)]
    [InlineData("See #12", false)]
    public void A_subject_tells_its_pull_request(string subject, bool isIt) => Assert.Equal(isIt, LandedSubject.IsOf(12, subject));

    private static PatchComparison Compare(string source, string pick) => PatchComparison.Of(PatchText.Read(source), PatchText.Read(pick));
}
