using Graft.Adapters.Registry;

namespace Graft.Adapters.Tests.Registry;

public sealed class ChallengeTests
{
    [Theory]
    [InlineData("""realm="https://a/token",service="s",scope="repository:a/b:pull,push" """, "realm=https://a/token service=s scope=repository:a/b:pull,push")]
    [InlineData("""Realm="https://a/token" , Service=s""", "realm=https://a/token service=s")]
    [InlineData("""realm="a \"quoted\" name",error="insufficient_scope" """, """realm=a "quoted" name error=insufficient_scope""")]
    [InlineData("""realm="unclosed""", "realm=unclosed")]
    [InlineData("""realm="one",realm="two" """, "realm=one")]
    [InlineData("nonsense", "")]
    [InlineData("", "")]
    [InlineData("=", "=")]
    public void Reads_parameters(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Challenge.Parse("Bearer", text).Parameters.Select(pair => $"{pair.Key}={pair.Value}")));
}
