using Graft.Adapters.Registry;
using Graft.Core.Failures;

namespace Graft.Adapters.Tests.Registry;

public sealed class RealmTests
{
    [Theory]
    [InlineData("https://registry-1.docker.io/", "https://auth.docker.io/token")]
    [InlineData("https://ghcr.io/", "https://ghcr.io/token")]
    [InlineData("https://quay.io/", "https://quay.io/v2/auth")]
    [InlineData("https://gcr.io/", "https://gcr.io/v2/token")]
    [InlineData("https://europe-docker.pkg.dev/", "https://europe-docker.pkg.dev/v2/token")]
    [InlineData("https://acme.azurecr.io/", "https://acme.azurecr.io/oauth2/token")]
    [InlineData("https://public.ecr.aws/", "https://public.ecr.aws/token/")]
    [InlineData("https://registry.gitlab.com/", "https://gitlab.com/jwt/auth")]
    [InlineData("https://registry.example.com/", "https://gitlab.example.com/jwt/auth")]
    [InlineData("https://registry.example.co.uk/", "https://gitlab.example.co.uk/jwt/auth")]
    [InlineData("https://registry.digitalocean.com/", "https://api.digitalocean.com/v2/registry/auth")]
    [InlineData("https://harbor.example.com:8443/", "https://harbor.example.com:8443/service/token")]
    [InlineData("https://harbor.example.com/", "/service/token")]
    [InlineData("https://10.0.0.5:5000/", "https://10.0.0.5:5001/token")]
    [InlineData("http://registry.lan:5000/", "http://registry.lan:5001/token")]
    [InlineData("http://localhost:5000/", "http://127.0.0.1:5001/token")]
    [InlineData("https://localhost:5000/", "https://localhost:5001/token")]
    public void Gives_credentials_to_the_registry_s_own_token_service(string registry, string realm) =>
        Assert.True(Realm.MayHaveCredentials(Realm.Parse(realm, new Uri(registry), "it"), new Uri(registry)));

    [Theory]
    [InlineData("https://registry.example.com/", "https://tokens.example.org/token")]
    [InlineData("https://registry.example.com/", "https://example.com.evil.org/token")]
    [InlineData("https://registry.example.com/", "https://evilexample.com/token")]
    [InlineData("https://one.co.uk/", "https://two.co.uk/token")]
    [InlineData("https://acme.azurecr.io/", "https://evil.azurecr.io/oauth2/token")]
    [InlineData("https://1.dkr.ecr.eu-west-1.amazonaws.com/", "https://evil.s3.amazonaws.com/token")]
    [InlineData("https://registry-1.docker.io/", "https://auth.docker.com/token")]
    [InlineData("https://rg.fr-par.scw.cloud/", "https://api.scaleway.com/token")]
    public void Gives_no_credentials_to_another_site(string registry, string realm) =>
        Assert.False(Realm.MayHaveCredentials(Realm.Parse(realm, new Uri(registry), "it"), new Uri(registry)));

    [Theory]
    [InlineData("https://registry.example.com/", "http://registry.example.com/token", "without TLS")]
    [InlineData("https://registry.example.com/", "http://auth.example.com/token", "without TLS")]
    [InlineData("http://registry.lan:5000/", "http://other.lan/token", "without TLS")]
    [InlineData("http://localhost:5000/", "http://example.com/token", "without TLS")]
    [InlineData("https://registry.example.com/", "https://169.254.169.254/latest", "on an inner network")]
    [InlineData("https://registry.example.com/", "https://[::1]/token", "on an inner network")]
    [InlineData("https://registry.example.com/", "https://localhost/token", "on an inner network")]
    [InlineData("https://registry.example.com/", "https://intranet/token", "on an inner network")]
    [InlineData("https://registry.example.com/", "https://user:word@registry.example.com/token", "no address that can be used")]
    [InlineData("https://registry.example.com/", "file:///etc/passwd", "no address that can be used")]
    [InlineData("https://registry.example.com/", "https://", "no address that can be used")]
    public void Does_not_ask_a_token_service_that_nobody_should_ask(string registry, string realm, string message)
    {
        var failure = Assert.Throws<GraftException>(() => Realm.Parse(realm, new Uri(registry), "registry.example.com"));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
