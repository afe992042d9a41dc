using Graft.Testing.Layouts;

namespace Graft.Cli.Tests.Layouts;

/// <summary>What changes affect where several Dockerfiles stand in one folder; see <see cref="OneFolder"/>.</summary>
public sealed class OneFolderTests(OneFolderTests.Repository repository) : IClassFixture<OneFolderTests.Repository>
{
    // Those that copy all that is not ignored.
    private const string Whole = "backend-cacheserver backend-driver frontend";

    [Theory]
    [InlineData("backend/src/driver/main.go", "backend backend-cacheserver backend-driver frontend |")]
    [InlineData("backend/src/apiserver/config/config.json", "backend backend-cacheserver backend-driver frontend |")]
    [InlineData("backend/src/crd/controller/scheduledworkflow/main.go", "backend backend-cacheserver backend-driver backend-scheduledworkflow frontend |")]
    [InlineData("backend/src/apiserver/visualization/server.py", "backend backend-cacheserver backend-driver backend-visualization frontend |")]
    [InlineData("backend/metadata_writer/src/metadata_writer.py", "backend-cacheserver backend-driver backend-metadata_writer frontend |")]
    [InlineData("backend/metadata_writer/README.md", Whole + " |")]
    [InlineData("frontend/src/index.tsx", Whole + " |")]
    [InlineData("-samples/core/loop.py", "backend backend-cacheserver backend-driver frontend |")]
    [InlineData("third_party/license.txt", "backend backend-cacheserver backend-driver frontend |")]
    // Shared by most.
    [InlineData("go.mod", "backend backend-cacheserver backend-driver backend-scheduledworkflow frontend |")]
    // A Dockerfile: it is a file of the others' context as well.
    [InlineData("backend/Dockerfile.visualization", "backend-cacheserver backend-driver backend-visualization frontend |")]
    [InlineData("backend/Dockerfile", "backend backend-cacheserver backend-driver frontend |")]
    // Ignored; no image's but of the whole; the rules themselves.
    [InlineData("backend/build/stale frontend/node_modules/x/index.js", "| backend/build/stale frontend/node_modules/x/index.js")]
    [InlineData("manifests/kustomize/base.yaml", Whole + " |")]
    [InlineData(".dockerignore", "backend backend-cacheserver backend-driver backend-metadata_writer backend-scheduledworkflow backend-visualization frontend |")]
    public void Finds_exactly_what_is_affected(string change, string affected) => Assert.Equal(affected, repository.Affected(change));

    [Theory]
    [InlineData("tensorflow/tensorflow:2.16.1", "tensorflow/tensorflow:2.17.0", "backend-cacheserver backend-driver backend-visualization frontend |")]
    [InlineData("ARG TENSORFLOW_BASE=", "# a comment\nARG TENSORFLOW_BASE=", "backend-cacheserver backend-driver backend-visualization frontend |")]
    public void Finds_what_another_base_affects(string from, string to, string affected) =>
        Assert.Equal(affected, repository.AffectedByEdit("backend/Dockerfile.visualization", from, to));

    public sealed class Repository() : LayoutRepository(OneFolder.Create());
}
