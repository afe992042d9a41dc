using Graft.Testing.Layouts;

namespace Graft.Cli.Tests.Layouts;

/// <summary>What changes affect where each service's folder is its context; see <see cref="ServiceContexts"/>.</summary>
public sealed class ServiceContextsTests(ServiceContextsTests.Repository repository) : IClassFixture<ServiceContextsTests.Repository>
{
    [Theory]
    // A file of one service: added, changed, gone.
    [InlineData("src/frontend/main.go", "frontend |")]
    [InlineData("src/frontend/handlers.go", "frontend |")]
    [InlineData("-src/frontend/static/styles.css", "frontend |")]
    [InlineData("src/adservice/src/main/java/AdService.java", "adservice |")]
    [InlineData("src/emailservice/templates/confirmation.html src/loadgenerator/locustfile.py", "emailservice loadgenerator |")]
    // Two Dockerfiles take the same sources.
    [InlineData("src/cartservice/src/Program.cs", "cartservice cartservice-debug |")]
    [InlineData("src/cartservice/src/.dockerignore", "cartservice cartservice-debug |")]
    // A Dockerfile: the ignore rules keep it out of the other one's sources.
    [InlineData("src/cartservice/src/Dockerfile", "cartservice |")]
    [InlineData("src/cartservice/src/Dockerfile.debug", "cartservice-debug |")]
    [InlineData("src/currencyservice/Dockerfile", "currencyservice |")]
    // Beside a context, not in it.
    [InlineData("src/cartservice/tests/CartServiceTests.cs src/cartservice/cartservice.sln", "| src/cartservice/cartservice.sln src/cartservice/tests/CartServiceTests.cs")]
    // Shared, but copied into the services by hand: the copies count.
    [InlineData("protos/demo.proto", "| protos/demo.proto")]
    [InlineData("protos/demo.proto src/frontend/genproto/demo.pb.go src/currencyservice/proto/demo.proto", "currencyservice frontend | protos/demo.proto")]
    // Ignored.
    [InlineData("src/currencyservice/client.js", "| src/currencyservice/client.js")]
    [InlineData("src/cartservice/src/genproto.bat", "| src/cartservice/src/genproto.bat")]
    [InlineData("src/frontend/vendor/modules.txt", "| src/frontend/vendor/modules.txt")]
    // No image's.
    [InlineData("README.md kubernetes-manifests/frontend.yaml skaffold.yaml", "| README.md kubernetes-manifests/frontend.yaml skaffold.yaml")]
    public void Finds_exactly_what_is_affected(string change, string affected) => Assert.Equal(affected, repository.Affected(change));

    [Fact]
    public void An_argument_affects_its_image_only() =>
        Assert.Equal("cartservice |", repository.AffectedByEdit("graft.yaml", "  - dockerfiles: src/cartservice/src/Dockerfile\n", "  - dockerfiles: src/cartservice/src/Dockerfile\n    args: { TRIM: full }\n"));

    public sealed class Repository() : LayoutRepository(ServiceContexts.Create());
}
