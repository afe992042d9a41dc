namespace Graft.Core.Tests.Affected;

/// <summary>What is kept in the folder of releases.</summary>
public sealed class ReleaseFileTests
{
    [Theory]
    [InlineData("releases/3.2.202511230446.yaml", true)]
    [InlineData("releases/3.2.202511230446.lock.json", true)]
    [InlineData("releases/README.md", true)]
    [InlineData("other/3.2.202511230446.yaml", false)]
    [InlineData("releases.yaml", false)]
    public void Is_expected_to_reach_no_image(string path, bool isExpected) =>
        Assert.Equal(isExpected ? [] : [path], Change.OfOne("FROM scratch").After(path).Outside);

    [Fact]
    public void Affects_an_image_that_takes_it_in() =>
        Assert.Equal("api", Change.OfOne("FROM scratch\\nCOPY . /", rule: "    context: .\\n").Affects("releases/3.2.202511230446.yaml"));
}
