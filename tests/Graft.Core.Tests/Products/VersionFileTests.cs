using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Products;

public sealed class VersionFileTests
{
    [Theory]
    [InlineData("version: \"3.2\"\n", "3.2")]
    [InlineData("\uFEFF# x\r\nversion: 3.10\r\nother: [1]\r\n", "3.10")]
    [InlineData("version: &v '0.9'\nx: *v\n", "0.9")]
    [InlineData("", null)]
    [InlineData("# nothing\n", null)]
    [InlineData("other: 1\n", null)]
    public void Reads_the_series_as_written(string text, string? series) =>
        Assert.Equal(series is null ? null : ReleaseSeries.TryParse(series), VersionFile.Read(text, ".version.yml"));

    [Theory]
    [InlineData("version: 3\n", ".version.yml:1:10: 'version' is not a series")]
    [InlineData("version: 3.2.1\n", ".version.yml:1:10: 'version' is not a series")]
    [InlineData("version: [3.2]\n", ".version.yml:1:10: 'version' is not a series")]
    [InlineData("version:\n", ".version.yml:1:9: 'version' is not a series")]
    [InlineData("version: 3.2\nversion: 3.3\n", ".version.yml:2:1: 'version' is there twice")]
    [InlineData("3.2\n", ".version.yml:1:1: the version file is not a mapping")]
    [InlineData("a: [\n", ".version.yml:")]
    public void Refuses_by_line(string text, string message)
    {
        var failure = Assert.Throws<GraftException>(() => VersionFile.Read(text, ".version.yml"));
        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }
}
