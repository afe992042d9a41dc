namespace Graft.Cli.Tests.BadInput;

public sealed class BadProductFileTests : BadInputTests<ProductFileCases>;

public sealed class BadManifestTests : BadInputTests<ManifestCases>;

public sealed class BadLockTests : BadInputTests<LockCases>;

public sealed class BadPlanTests : BadInputTests<PlanCases>;

public sealed class BadJournalTests : BadInputTests<JournalCases>;

public sealed class BadLayoutTests : BadInputTests<LayoutCases>;

public sealed class BadPublishedTests : BadInputTests<PublishedCases>;

public sealed class BadNameTests : BadInputTests<NameCases>;

public sealed class BadEnvironmentTests : BadInputTests<EnvironmentCases>;

public sealed class BadRepositoryTests : BadInputTests<RepositoryCases>;

public sealed class BadInputCountTests
{
    private static readonly IReadOnlyList<BadCase>[] Subjects =
    [
        ProductFileCases.All, ManifestCases.All, LockCases.All, PlanCases.All, JournalCases.All, LayoutCases.All, PublishedCases.All, NameCases.All, EnvironmentCases.All, RepositoryCases.All,
    ];

    [Fact]
    public void There_are_at_least_a_hundred_and_twenty_cases()
    {
        var count = Subjects.Sum(cases => cases.Count);
        Console.WriteLine($"{count} cases of bad input");

        Assert.InRange(count, 120, 10_000);
    }

    [Fact]
    public void Each_has_a_name_of_its_own() =>
        Assert.All(Subjects, cases => Assert.Equal([], cases.CountBy(bad => bad.Name).Where(pair => pair.Value > 1).Select(pair => pair.Key)));
}
