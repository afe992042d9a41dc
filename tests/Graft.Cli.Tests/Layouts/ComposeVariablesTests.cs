using Graft.Testing.Layouts;

namespace Graft.Cli.Tests.Layouts;

/// <summary>What changes affect where a compose file takes everything from variables; see <see cref="ComposeVariables"/>.</summary>
public sealed class ComposeVariablesTests(ComposeVariablesTests.Repository repository) : IClassFixture<ComposeVariablesTests.Repository>
{
    [Theory]
    [InlineData("src/checkout/main.go", "checkout |")]
    [InlineData("src/checkout/genproto/oteldemo/new.pb.go", "checkout |")]
    [InlineData("-src/frontend/pages/index.tsx", "frontend |")]
    [InlineData("src/ad/gradle/wrapper.properties src/accounting/Program.cs", "accounting ad |")]
    // The context is the root, what is copied is one folder up from the Dockerfile.
    [InlineData("src/cart/tests/CartTests.cs", "cart |")]
    // Shared.
    [InlineData("pb/demo.proto", "accounting ad cart fraud-detection frontend |")]
    // A Dockerfile, which the ignore rules keep out of what is copied.
    [InlineData("src/cart/src/Dockerfile", "cart |")]
    [InlineData("src/fraud-detection/Dockerfile", "fraud-detection |")]
    // Not copied; ignored; no image's.
    [InlineData("src/checkout/README.md src/accounting/README.md", "| src/accounting/README.md src/checkout/README.md")]
    [InlineData("src/checkout/new.go", "| src/checkout/new.go")]
    [InlineData("internal/tools/go.mod src/flagd/demo.flagd.json kubernetes/demo.yaml", "| internal/tools/go.mod kubernetes/demo.yaml src/flagd/demo.flagd.json")]
    [InlineData(".dockerignore", "accounting ad cart checkout fraud-detection frontend |")]
    // Graft builds by graft.yaml; these are where that came from.
    [InlineData(".env docker-compose.yml", "| .env docker-compose.yml")]
    public void Finds_exactly_what_is_affected(string change, string affected) => Assert.Equal(affected, repository.Affected(change));

    [Fact]
    public void Finds_what_a_variable_changed_once_init_has_read_it_again() =>
        Assert.Equal("ad fraud-detection | .env", repository.AffectedByEdit(".env", "OTEL_JAVA_AGENT_VERSION=2.30.0", "OTEL_JAVA_AGENT_VERSION=2.31.0", initAgain: true));

    public sealed class Repository() : LayoutRepository(ComposeVariables.Create());
}
