using System.Text;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Tests.Images;

public sealed class ImageConfigTests
{
    [Theory]
    [InlineData("{\"architecture\":\"amd64\",\"x\":{\"\\ud800\":1}}")]
    [InlineData("{\"history\":[{\"comment\":\"\\udc00\"}]}")]
    [InlineData("{\"config\":{\"Env\":[5]}}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Refuses_what_could_not_be_written_again(string json)
    {
        var failure = Assert.Throws<GraftException>(() => ImageConfig.Parse(Encoding.UTF8.GetBytes(json), "the image"));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.StartsWith("'the image' is malformed: ", failure.Message, StringComparison.Ordinal);
    }
}
