using Graft.Testing.Layouts;

namespace Graft.Cli.Tests.Layouts;

/// <summary>What changes affect where Dockerfiles copy the whole repository; see <see cref="RootContext"/>.</summary>
public sealed class RootContextTests(RootContextTests.Repository repository) : IClassFixture<RootContextTests.Repository>
{
    // Those that copy all that is not ignored.
    private const string Whole = "clients-cmd-promtail logcli logql-analyzer loki loki-canary production-helm-loki-src-helm-test";

    [Theory]
    [InlineData("pkg/logql/engine.go", Whole + " |")]
    [InlineData("cmd/logcli/output.go", Whole + " |")]
    [InlineData("go.mod", Whole + " |")]
    [InlineData("-cmd/loki/loki-docker-config.yaml", Whole + " |")]
    [InlineData("cmd/logcli/Dockerfile", Whole + " |")]
    [InlineData("README.md docs/new.md", Whole + " |")]
    // What the operator's own context has, is in the whole repository too.
    [InlineData("operator/internal/handlers.go", "clients-cmd-promtail logcli logql-analyzer loki loki-canary operator production-helm-loki-src-helm-test |")]
    [InlineData("operator/go.mod", "clients-cmd-promtail logcli logql-analyzer loki loki-canary operator production-helm-loki-src-helm-test |")]
    [InlineData("operator/config/manager.yaml", Whole + " |")]
    [InlineData("tools/lambda-promtail/lambda-promtail/main.go", Whole + " tools-lambda-promtail |")]
    // Ignored; and the rules themselves, which all contexts but the operator's share.
    [InlineData("production/docker/.data/chunk .cache/modules", "| .cache/modules production/docker/.data/chunk")]
    [InlineData(".dockerignore", Whole + " tools-lambda-promtail |")]
    public void Finds_exactly_what_is_affected(string change, string affected) => Assert.Equal(affected, repository.Affected(change));

    [Fact]
    public void Ignoring_one_folder_more_is_a_change_of_the_rules() => Assert.Equal($"{Whole} tools-lambda-promtail |", repository.AffectedByEdit(".dockerignore", ".cache", ".cache\ndocs"));

    // graft.yaml is a file of the whole repository like any other.
    [Fact]
    public void An_argument_affects_its_image_and_those_that_copy_graft_yaml() => Assert.Equal(
        "clients-cmd-promtail logcli logql-analyzer loki loki-canary operator production-helm-loki-src-helm-test |",
        repository.AffectedByEdit("graft.yaml", "  - dockerfiles: operator/Dockerfile\n", "  - dockerfiles: operator/Dockerfile\n    platforms: [linux/arm64]\n"));

    public sealed class Repository() : LayoutRepository(RootContext.Create());
}
