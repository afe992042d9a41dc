using Graft.Testing.Layouts;

namespace Graft.Cli.Tests.Layouts;

/// <summary>What changes affect where images are FROM each other by arguments; see <see cref="ArgumentBases"/>.</summary>
public sealed class ArgumentBasesTests(ArgumentBasesTests.Repository repository) : IClassFixture<ArgumentBasesTests.Repository>
{
    private const string All = "all-spark-notebook base-notebook docker-stacks-foundation minimal-notebook pyspark-notebook pytorch-notebook pytorch-notebook-cuda12 r-notebook scipy-notebook";

    [Theory]
    // A base of the chain, from its foot to its tips.
    [InlineData("images/docker-stacks-foundation/start.sh", All + " |")]
    [InlineData("images/docker-stacks-foundation/Dockerfile", All + " |")]
    [InlineData("images/base-notebook/start-notebook.py", "all-spark-notebook base-notebook minimal-notebook pyspark-notebook pytorch-notebook pytorch-notebook-cuda12 r-notebook scipy-notebook |")]
    [InlineData("images/minimal-notebook/setup-scripts/new.py", "all-spark-notebook minimal-notebook pyspark-notebook pytorch-notebook pytorch-notebook-cuda12 r-notebook scipy-notebook |")]
    [InlineData("images/scipy-notebook/Dockerfile", "all-spark-notebook pyspark-notebook pytorch-notebook pytorch-notebook-cuda12 scipy-notebook |")]
    [InlineData("images/pyspark-notebook/setup_spark.py", "all-spark-notebook pyspark-notebook |")]
    [InlineData("images/all-spark-notebook/Dockerfile images/r-notebook/Dockerfile", "all-spark-notebook r-notebook |")]
    // A variant below its sibling: neither is in the other's way.
    [InlineData("images/pytorch-notebook/Dockerfile", "pytorch-notebook |")]
    [InlineData("images/pytorch-notebook/cuda12/Dockerfile", "pytorch-notebook-cuda12 |")]
    // In a context, and taken by no COPY.
    [InlineData("images/docker-stacks-foundation/README.md images/base-notebook/README.md", "| images/base-notebook/README.md images/docker-stacks-foundation/README.md")]
    // No image's: recipes and examples stand on the images and are none of them.
    [InlineData("docs/using/recipe_code/custom_environment.dockerfile examples/docker-compose/notebook/Dockerfile", "| docs/using/recipe_code/custom_environment.dockerfile examples/docker-compose/notebook/Dockerfile")]
    [InlineData("Makefile tagging/apps/tag_image.py .devcontainer/Dockerfile", "| .devcontainer/Dockerfile Makefile tagging/apps/tag_image.py")]
    public void Finds_exactly_what_is_affected(string change, string affected) => Assert.Equal(affected, repository.Affected(change));

    [Fact]
    public void Another_root_image_affects_all() =>
        Assert.Equal($"{All} |", repository.AffectedByEdit("images/docker-stacks-foundation/Dockerfile", "ubuntu:24.04", "ubuntu:26.04"));

    [Fact]
    public void Another_base_affects_what_stands_on_it() =>
        Assert.Equal("all-spark-notebook pyspark-notebook |", repository.AffectedByEdit("images/pyspark-notebook/Dockerfile", "/scipy-notebook", "/minimal-notebook"));

    [Fact]
    public void An_argument_of_a_rule_affects_all_of_the_rule_and_what_stands_on_them() =>
        Assert.Equal($"{All} |", repository.AffectedByEdit("graft.yaml", "  - dockerfiles: images/*/Dockerfile\n", "  - dockerfiles: images/*/Dockerfile\n    args: { NB_UID: \"1001\" }\n"));

    public sealed class Repository() : LayoutRepository(ArgumentBases.Create());
}
