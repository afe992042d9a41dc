using Graft.Core.Releases;

namespace Graft.Core.Tests.Releases;

public sealed class LineageTests
{
    private static readonly ReleaseName Base = ReleaseName.Parse("3.2.202501010000");
    private static readonly ReleaseName First = ReleaseName.Parse("3.2.202501020000");
    private static readonly ReleaseName Second = ReleaseName.Parse("3.2.202501030000");
    private static readonly ReleaseName OfFirst = ReleaseName.Parse("3.2.202501040000");
    private static readonly ReleaseName Other = ReleaseName.Parse("3.2.202501050000");
    private static readonly Lineage Lineage = new([(Base, null), (First, Base), (Second, Base), (OfFirst, First), (Other, null)]);

    [Fact]
    public void Finds_the_release_at_the_start() => Assert.Equal(Base, Lineage.RootOf(OfFirst));

    [Fact]
    public void Finds_later_hotfixes_on_every_branch_of_it() => Assert.Equal([Second, OfFirst], Lineage.LaterThan(First));

    [Fact]
    public void Leaves_out_releases_of_another_lineage() => Assert.Empty(Lineage.LaterThan(Other));

    [Fact]
    public void Does_not_run_in_circles()
    {
        var circle = new Lineage([(First, Second), (Second, First)]);

        Assert.NotEmpty(circle.LaterThan(First).Append(circle.RootOf(First)));
    }

    [Fact]
    public void Finds_releases_that_are_made_from_themselves()
    {
        static ReleaseName Name(int day) => ReleaseName.Parse($"3.2.2025110{day}0000");
        (ReleaseName, ReleaseName?)[] releases = [(Name(1), null), (Name(2), Name(1)), (Name(3), Name(3)), (Name(4), Name(5)), (Name(5), Name(4)), (Name(6), Name(5)), (Name(7), Name(9))];

        Assert.Equal([Name(3), Name(4), Name(5)], Lineage.FindCircles(releases));
    }
}
