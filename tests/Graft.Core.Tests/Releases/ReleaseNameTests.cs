using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class ReleaseNameTests
{
    [Theory]
    [InlineData("3.2.202511230446")]
    [InlineData("0.10.200001010000")]
    [InlineData("12.34.209912312359")]
    [InlineData("pre-TICKET-1")]
    [InlineData("pre-a.b_c")]
    public void Reads_names(string text) => Assert.Equal(text, ReleaseName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("3.2")]
    [InlineData("3.2.20251123044")]
    [InlineData("3.2.202513230446")]
    [InlineData("3.2.202511232460")]
    [InlineData("3.02.202511230446")]
    [InlineData("3.2.202511230446 ")]
    [InlineData("v3.2.202511230446")]
    [InlineData("3.2.202511230446\n")]
    [InlineData("99999999999.2.202511230446")]
    [InlineData("pre-")]
    [InlineData("pre-../x")]
    [InlineData("pre-a/b")]
    [InlineData("pre--x")]
    [InlineData("pre-x.lock")]
    [InlineData("pre-x.")]
    public void Refuses_what_is_not_one(string text) => Assert.False(ReleaseName.TryParse(text, out _));

    [Fact]
    public void Orders_by_series_as_numbers_then_by_stamp_and_pre_releases_last()
    {
        string[] inOrder = ["3.9.202601010000", "3.10.202501010000", "3.10.202501010001", "10.0.202001010000", "pre-A", "pre-B"];

        Assert.Equal(inOrder, inOrder.Reverse().Select(ReleaseName.Parse).Order().Select(name => name.ToString()));
    }

    [Theory]
    [InlineData("3.10.202501010000", true)]
    [InlineData("3.9.202601010000", false)]
    [InlineData("3.10.202401010000", false)]
    [InlineData("pre-A", false)]
    public void Is_the_newest_only_in_the_newest_series(string name, bool isNewest)
    {
        string[] others = ["3.9.202512010000", "3.10.202412010000", "pre-B"];

        Assert.Equal(isNewest, ReleaseName.Parse(name).IsNewestOf(others.Append(name).Select(ReleaseName.Parse)));
    }

    [Fact]
    public void Takes_the_minute_in_utc()
    {
        var name = ReleaseName.Of(new ReleaseSeries(3, 2), new DateTimeOffset(2025, 11, 23, 5, 46, 59, TimeSpan.FromHours(1)));

        Assert.Equal("3.2.202511230446", name.ToString());
        Assert.Equal(name, ReleaseName.Parse("3.2.202511230446"));
    }
}
