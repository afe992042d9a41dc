namespace Graft.Core.Tests.Affected;

public sealed class ReleaseFileTests
{
    // An image that takes in all of the repository.
    private static readonly Change Root = Change.OfOne("FROM scratch\\nCOPY . /", rule: "    context: .\\n");

    [Theory]
    [InlineData("releases/3.2.202511230446.yaml")]
    [InlineData("releases/3.2.202511230446.lock.json")]
    [InlineData("releases/pre-X.notes.md")]
    public void Neither_affect_an_image_nor_reach_none(string path)
    {
        Assert.Equal("", Root.Affects(path));
        Assert.Empty(Root.After(path).Outside);
        Assert.Empty(Change.OfOne("FROM scratch").After(path).Outside);
    }

    [Theory]
    [InlineData("releases/Dockerfile")]
    [InlineData("releases/notes.yaml")]
    [InlineData("releases/old/3.2.202511230446.yaml")]
    public void What_else_is_beside_them_affects_whoever_takes_it(string path)
    {
        Assert.Equal("api", Root.Affects(path));
        Assert.Empty(Change.OfOne("FROM scratch").After(path).Outside);
    }

    [Theory]
    [InlineData("other/3.2.202511230446.yaml")]
    [InlineData("releases.yaml")]
    public void A_file_elsewhere_is_one_like_any_other(string path)
    {
        Assert.Equal("api", Root.Affects(path));
        Assert.Equal([path], Change.OfOne("FROM scratch").After(path).Outside);
    }
}
