using Graft.Testing.Layouts;

namespace Graft.Cli.Tests.Layouts;

/// <summary>What changes affect where a bake file chains contexts; see <see cref="ChainedContexts"/>.</summary>
public sealed class ChainedContextsTests(ChainedContextsTests.Repository repository) : IClassFixture<ChainedContextsTests.Repository>
{
    private const string All = "base base-with-services full-stack lab qe";

    [Theory]
    // The base of the chain, its middle, its end.
    [InlineData("stack/base/pip.conf", All + " |")]
    [InlineData("stack/base/before-notebook.d/90_new.sh", All + " |")]
    [InlineData("stack/base/Dockerfile", All + " |")]
    [InlineData("stack/base-with-services/before-notebook.d/20_start-postgresql.sh", "base-with-services full-stack qe |")]
    [InlineData("stack/lab/gears.svg", "full-stack lab qe |")]
    [InlineData("stack/full-stack/Dockerfile", "full-stack qe |")]
    [InlineData("-stack/lab/before-notebook.d/60_prepare-aiidalab.sh", "full-stack lab qe |")]
    [InlineData("stack/qe/before-notebook.d/70_prepare-qeapp.sh", "qe |")]
    // The bake file says which platforms there are.
    [InlineData("stack/base-with-services/before-notebook.d/30_start-rabbitmq-amd64.sh", "base-with-services full-stack qe |")]
    [InlineData("stack/base-with-services/before-notebook.d/30_start-rabbitmq-arm64.sh", "| stack/base-with-services/before-notebook.d/30_start-rabbitmq-arm64.sh")]
    // In a context, and taken by no COPY.
    [InlineData("stack/lab/countdown/custom.js stack/base/README.md", "| stack/base/README.md stack/lab/countdown/custom.js")]
    // No image's.
    [InlineData("build.json tests/test_base.py stack/docker-compose.full-stack.yml", "| build.json stack/docker-compose.full-stack.yml tests/test_base.py")]
    // Graft builds by graft.yaml; the bake file is where that came from.
    [InlineData("docker-bake.hcl", "| docker-bake.hcl")]
    public void Finds_exactly_what_is_affected(string change, string affected) => Assert.Equal(affected, repository.Affected(change));

    [Theory]
    [InlineData("\"PGSQL\" = \"15\"", "\"PGSQL\" = \"16\"", "base-with-services full-stack qe | docker-bake.hcl")]
    [InlineData("\"QE_VERSION\" = \"7.4\"", "\"QE_VERSION\" = \"7.5\"", "qe | docker-bake.hcl")]
    [InlineData("\"linux/amd64\"", "\"linux/amd64\", \"linux/arm64\"", All + " | docker-bake.hcl")]
    [InlineData("jupyter/minimal-notebook", "jupyter/scipy-notebook", All + " | docker-bake.hcl")]
    [InlineData("default = \"docker.io/\"", "default = \"\"", "| docker-bake.hcl")]
    public void Finds_what_the_bake_file_changed_once_init_has_read_it_again(string from, string to, string affected) =>
        Assert.Equal(affected, repository.AffectedByEdit("docker-bake.hcl", from, to, initAgain: true));

    public sealed class Repository() : LayoutRepository(ChainedContexts.Create());
}
