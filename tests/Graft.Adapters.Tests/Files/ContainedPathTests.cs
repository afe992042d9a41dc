using CsCheck;
using Graft.Adapters.Files;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Files;

public sealed class ContainedPathTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("3.2.202511230446.yaml")]
    [InlineData("...")]
    [InlineData("-rf")]
    [InlineData("größe ☃")]
    public void Takes_names(string name) => Assert.Equal(folder.At(name), ContainedPath.Combine(folder.Path, name));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData(".", "it leads out of its folder")]
    [InlineData("..", "it leads out of its folder")]
    [InlineData("../a", "it holds a path separator")]
    [InlineData("a/b", "it holds a path separator")]
    [InlineData("a\\b", "it holds a path separator")]
    [InlineData("/etc/passwd", "it is an absolute path")]
    [InlineData("a\0b", "it holds a NUL")]
    [InlineData("a\nb", "it holds a control character")]
    public void Refuses_what_could_leave_the_folder(string name, string reason)
    {
        var failure = Assert.Throws<GraftException>(() => ContainedPath.Combine(folder.Path, name));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.EndsWith(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_name_that_no_file_system_takes() =>
        Assert.Throws<GraftException>(() => ContainedPath.Combine(folder.Path, new string('ä', 128)));

    [Fact]
    public void Refuses_a_link_even_one_that_leads_nowhere()
    {
        File.CreateSymbolicLink(folder.At("a"), "/nowhere");

        Assert.Throws<GraftException>(() => ContainedPath.Combine(folder.Path, "a"));
        Assert.Throws<GraftException>(() => ContainedPath.CombineRelative(folder.Path, "a/b"));
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a/")]
    [InlineData("./a")]
    public void Refuses_relative_paths_with_odd_parts(string path) =>
        Assert.Throws<GraftException>(() => ContainedPath.CombineRelative(folder.Path, path));

    [Fact]
    public void What_it_takes_is_in_the_folder() =>
        Gen.OneOf(Gen.String, Gen.String["./\\a\0"]).Sample(name =>
        {
            try
            {
                return Path.GetDirectoryName(Path.GetFullPath(ContainedPath.Combine("/some/folder", name))) == "/some/folder";
            }
            catch (GraftException)
            {
                return true;
            }
        });
}
