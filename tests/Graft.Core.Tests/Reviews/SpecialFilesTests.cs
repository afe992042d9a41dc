using Graft.Core.Affected;
using Graft.Core.Reviews;

namespace Graft.Core.Tests.Reviews;

/// <summary>Which files a reviewer looks at twice.</summary>
public sealed class SpecialFilesTests
{
    [Theory]
    [InlineData("src/web/package-lock.json", "lock file")]
    [InlineData("go.sum", "lock file")]
    [InlineData("a/packages.lock.json", "lock file")]
    [InlineData("src/api/Dockerfile", "Dockerfile")]
    [InlineData("src/api/Dockerfile.slim", "Dockerfile")]
    [InlineData("src/api/.dockerignore", "Dockerfile")]
    [InlineData(".github/workflows/test.yml", "CI")]
    [InlineData("deploy/Jenkinsfile", "CI")]
    [InlineData(".ci/run", "CI")]
    [InlineData("src/api/db/migrations/0007_more.sql", "migration")]
    [InlineData(".gitmodules", "submodule")]
    [InlineData("src/api/app.py", null)]
    [InlineData("docs/migrations.md", null)]
    [InlineData("src/.ci/x", null)]
    public void Are_told_by_name(string path, string? special) => Assert.Equal(special, SpecialFiles.Find(path));

    [Fact]
    public void Counts_lines_and_says_what_became_of_each_path()
    {
        var file = new FileState(FileKind.File, "1");
        var files = ReviewedFile.Of(
            [
                new FileChange("new", null, file), new FileChange("gone", file, null), new FileChange("mode", file, file with { Kind = FileKind.Executable }),
                new FileChange("link", file, file with { Kind = FileKind.Link }), new FileChange("lib", null, new FileState(FileKind.Submodule, "2")),
            ],
            [new LineCount("new", 3, 0), new LineCount("gone", 0, 4), new LineCount("mode", 0, 0), new LineCount("link", null, null)]);

        Assert.Equal([FileStatus.Added, FileStatus.Deleted, FileStatus.Modified, FileStatus.Retyped, FileStatus.Added], files.Select(changed => changed.Status));
        Assert.Equal([3, 0, 0, null, null], files.Select(changed => changed.Added));
        Assert.Equal("submodule", files[4].Special);
        Assert.True(files[3].IsBinary);
    }
}
