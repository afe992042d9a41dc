using Graft.Adapters.Http;
using Graft.Core.Failures;

namespace Graft.Adapters.Tests.Http;

public sealed class ProxyRulesTests
{
    [Theory]
    [InlineData("https://a.io/", "HTTPS_PROXY=http://p:1", "http://p:1/")]
    [InlineData("https://a.io/", "https_proxy=p:1", "http://p:1/")]
    [InlineData("https://a.io/", "HTTP_PROXY=http://p:1", null)]
    [InlineData("http://a.io/", "HTTP_PROXY=http://p:1", "http://p:1/")]
    [InlineData("http://a.io/", "HTTP_PROXY=http://p:1 REQUEST_METHOD=GET", null)]
    [InlineData("https://a.io/", "ALL_PROXY=socks5://p:1", "socks5://p:1/")]
    [InlineData("https://localhost:5000/", "HTTPS_PROXY=http://p:1", null)]
    [InlineData("https://127.0.0.1:5000/", "HTTPS_PROXY=http://p:1", null)]
    [InlineData("https://a.io/", "HTTPS_PROXY=http://p:1 NO_PROXY=a.io", null)]
    [InlineData("https://x.a.io/", "HTTPS_PROXY=http://p:1 NO_PROXY=a.io", null)]
    [InlineData("https://xa.io/", "HTTPS_PROXY=http://p:1 NO_PROXY=a.io", "http://p:1/")]
    [InlineData("https://a.io/", "HTTPS_PROXY=http://p:1 NO_PROXY=.a.io", "http://p:1/")]
    [InlineData("https://x.a.io/", "HTTPS_PROXY=http://p:1 NO_PROXY=b.io,*.a.io", null)]
    [InlineData("https://a.io/", "HTTPS_PROXY=http://p:1 no_proxy=*", null)]
    [InlineData("https://a.io:8443/", "HTTPS_PROXY=http://p:1 NO_PROXY=a.io:443", "http://p:1/")]
    [InlineData("https://a.io/", "HTTPS_PROXY=http://p:1 NO_PROXY=a.io:443", null)]
    [InlineData("https://10.1.2.3/", "HTTPS_PROXY=http://p:1 NO_PROXY=10.0.0.0/8", null)]
    [InlineData("https://11.1.2.3/", "HTTPS_PROXY=http://p:1 NO_PROXY=10.0.0.0/8", "http://p:1/")]
    [InlineData("https://[fd00::1]/", "HTTPS_PROXY=http://p:1 NO_PROXY=fd00::/8", null)]
    public void Chooses_as_docker_and_curl_do(string address, string variables, string? proxy)
    {
        var set = variables.Split(' ').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        Assert.Equal(proxy, ProxyRules.From(set.GetValueOrDefault).GetProxy(new Uri(address))?.ToString());
    }

    [Fact]
    public void Tells_the_proxy_who_asks()
    {
        var rules = ProxyRules.From(name => name == "HTTPS_PROXY" ? "http://ada:s%40cret@proxy:3128" : null);

        var credential = rules.GetCredential(rules.GetProxy(new Uri("https://a.io/"))!, "Basic");

        Assert.Equal(("ada", "s@cret"), (credential!.UserName, credential.Password));
        Assert.Null(rules.GetCredential(new Uri("http://other:3128"), "Basic"));
    }

    [Theory]
    [InlineData("ftp://s3cret@p")]
    [InlineData("http://s3cret@")]
    [InlineData("http://s3cret@p:99999999")]
    public void An_address_that_is_none_is_refused_without_repeating_it(string text)
    {
        var failure = Assert.Throws<GraftException>(() => ProxyRules.From(name => name == "HTTPS_PROXY" ? text : null));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Equal("the variable HTTPS_PROXY is not the address of a proxy", failure.Message);
    }
}
