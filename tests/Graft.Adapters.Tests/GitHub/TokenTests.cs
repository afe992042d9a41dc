using Graft.Adapters.GitHub;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.GitHub;

/// <summary>Which GitHub is told which token.</summary>
public sealed class TokenTests
{
    private static readonly string[] All = ["GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];

    [Theory]
    [InlineData("https://api.github.com", "github.com", "GH_TOKEN")]
    [InlineData("https://api.acme.ghe.com", "acme.ghe.com", "GH_TOKEN")]
    [InlineData("http://127.0.0.1:8080/api/v3", "127.0.0.1:8080", "GH_TOKEN")]
    [InlineData("http://localhost:8080", "localhost:8080", "GH_TOKEN")]
    [InlineData("https://github.example.com/api/v3", "github.example.com", "GH_ENTERPRISE_TOKEN")]
    [InlineData("https://api.github.com.example.com", "api.github.com.example.com", "GH_ENTERPRISE_TOKEN")]
    [InlineData("https://evilghe.com", "evilghe.com", "GH_ENTERPRISE_TOKEN")]
    [InlineData("https://api.ghe.com.example.com", "api.ghe.com.example.com", "GH_ENTERPRISE_TOKEN")]
    [InlineData("https://github.com.evil:443", "github.com.evil", "GH_ENTERPRISE_TOKEN")]
    public async Task Common_tokens_go_to_GitHub_only(string api, string host, string source)
    {
        var address = new GitHubAddress(api);

        var token = await Tokens(All).FindAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal((host, source, "token-of-" + source), (address.Host, token!.Source, token.Value));
        Assert.DoesNotContain("token-of", token.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.github.com", "GITHUB_TOKEN")]
    [InlineData("https://github.example.com/api/v3", "GITHUB_ENTERPRISE_TOKEN")]
    public async Task The_other_name_of_a_variable_will_do(string api, string source) =>
        Assert.Equal(source, (await Tokens(["GITHUB_TOKEN", "GITHUB_ENTERPRISE_TOKEN"]).FindAsync(new GitHubAddress(api), TestContext.Current.CancellationToken))!.Source);

    [Fact]
    public async Task A_text_that_no_header_can_carry_is_refused_and_not_repeated()
    {
        var tokens = new GitHubTokens(TemporaryRepository.Runner, _ => "ghs_secret\r\nX-Evil: 1");

        var failure = await Assert.ThrowsAsync<GraftException>(() => tokens.FindAsync(new GitHubAddress("https://api.github.com"), TestContext.Current.CancellationToken));

        Assert.Equal((FailureKind.Input, "what GH_TOKEN holds is not a token"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("https://api.github.com", "https://api.github.com/repos/a/b", true)]
    [InlineData("https://api.github.com", "https://uploads.github.com/repos/a/b", true)]
    [InlineData("https://api.acme.ghe.com", "https://uploads.acme.ghe.com/x", true)]
    [InlineData("https://api.acme.ghe.com", "https://uploads.other.ghe.com/x", false)]
    [InlineData("https://api.github.com", "http://api.github.com/x", false)]
    [InlineData("https://api.github.com", "https://api.github.com:8443/x", false)]
    [InlineData("https://api.github.com", "https://objects.githubusercontent.com/x", false)]
    [InlineData("https://api.github.com", "https://uploads.github.com.evil/x", false)]
    [InlineData("https://github.example.com/api/v3", "https://github.example.com/api/uploads/x", true)]
    [InlineData("https://github.example.com/api/v3", "https://uploads.github.example.com/x", false)]
    public void The_token_goes_to_its_own_addresses_only(string api, string address, bool isOwn) =>
        Assert.Equal(isOwn, new GitHubAddress(api).Owns(new Uri(address)));

    private static GitHubTokens Tokens(string[] set) => new(TemporaryRepository.Runner, name => set.Contains(name, StringComparer.Ordinal) ? "token-of-" + name : null);
}
