using Graft.Adapters.Registry.Credentials;
using Graft.Core.Failures;

namespace Graft.Adapters.Tests.Registry;

/// <summary>Where credentials are found: docker's and podman's files, and docker's helpers.</summary>
public sealed class CredentialStoreTests : IDisposable
{
    // Takes its host from standard input as docker's helpers do.
    private const string Helper = """
        #!/bin/sh
        [ "$1" = get ] || exit 9
        read -r host || [ -n "$host" ] || exit 8
        case $host in
          none.io) echo "credentials not found in native keychain"; exit 1 ;;
          broken.io) echo "s3cret"; echo "s3cret" >&2; exit 3 ;;
          garbage.io) echo "s3cret" ;;
          token.io) echo "{\"Username\":\"<token>\",\"Secret\":\"secret of $host\"}" ;;
          *) echo "{\"ServerURL\":\"$host\",\"Username\":\"$host-user\",\"Secret\":\"secret of $host\"}" ;;
        esac

        """;

    private readonly RegistryBench bench = new();

    // A program is looked for in this process's own PATH, so the helper has to be there before any test runs.
    static CredentialStoreTests()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "helpers");
        var path = Path.Combine(folder, "docker-credential-graft-test");
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, Helper);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("docker.io", "library/x")]
    [InlineData("ghcr.io", "a/b")]
    [InlineData("localhost:5000", "x")]
    public async Task Finds_what_docker_login_stored(string registry, string repository)
    {
        bench.LogIn(registry == "docker.io" ? "https://index.docker.io/v1/" : registry, "ada", "s3cret");

        Assert.Equal("ada:s3cret", await FindAsync(registry, repository));
        Assert.Null(await FindAsync("other.io", repository));
    }

    [Theory]
    [InlineData("quay.io", "team/one/x", "one")]
    [InlineData("quay.io", "team/one", "one")]
    [InlineData("quay.io", "team/onemore", "team")]
    [InlineData("quay.io", "team/two/x", "team")]
    [InlineData("quay.io", "other/x", "host")]
    [InlineData("quay.io", "x", "host")]
    [InlineData("quay.io:443", "team/one/x", null)]
    public async Task The_longest_prefix_counts(string registry, string repository, string? user)
    {
        bench.LogIn("quay.io", "host", "p");
        bench.LogIn("quay.io/team", "team", "p");
        bench.LogIn("quay.io/team/one", "one", "p");

        Assert.Equal(user is null ? null : user + ":p", await FindAsync(registry, repository));
    }

    [Theory]
    [InlineData("XDG_RUNTIME_DIR", "containers/auth.json")]
    [InlineData("XDG_CONFIG_HOME", "containers/auth.json")]
    [InlineData("REGISTRY_AUTH_FILE", "")]
    public async Task Podman_s_files_come_before_docker_s(string variable, string below)
    {
        bench.LogIn("quay.io", "docker", "p");
        bench.LogIn("ghcr.io", "docker", "p");
        var path = Path.Combine(bench.Folder.At("podman"), below).TrimEnd('/');
        bench.Folder.Write(Path.GetRelativePath(bench.Folder.Path, path), """{"auths":{"quay.io":{"auth":"cG9kbWFuOnA="}}}""");
        bench.Variables[variable] = bench.Folder.At("podman");

        Assert.Equal("podman:p", await FindAsync("quay.io", "x"));
        // A file that was named is the only one.
        Assert.Equal(variable == "REGISTRY_AUTH_FILE" ? null : "docker:p", await FindAsync("ghcr.io", "x"));
    }

    [Fact]
    public async Task Podman_s_file_in_the_home_is_found()
    {
        bench.Folder.Write("home/.config/containers/auth.json", """{"auths":{"quay.io":{"auth":"cG9kbWFuOnA="}}}""");

        Assert.Equal("podman:p", await FindAsync("quay.io", "x"));
    }

    [Theory]
    [InlineData("""{"auths":{"a.io":{"username":"u","password":"p"}}}""", "u:p")]
    [InlineData("""{"auths":{"a.io":{"auth":"dTpwOnE="}}}""", "u:p:q")]
    [InlineData("""{"auths":{"a.io":{"identitytoken":"i"}}}""", "identity i")]
    [InlineData("""{"auths":{"a.io":{"registrytoken":"r"}}}""", "registry r")]
    [InlineData("""{"auths":{"https://A.io/v2/":{"auth":"dTpw"}}}""", "u:p")]
    [InlineData("""{"auths":{"a.io":{}}}""", null)]
    [InlineData("""{"auths":{"a.io":{"auth":""}},"credsStore":""}""", null)]
    [InlineData("""{"HttpHeaders":{},"auths":null}""", null)]
    public async Task Reads_every_form_of_an_entry(string json, string? expected)
    {
        bench.Folder.Write("docker/config.json", json);

        Assert.Equal(expected, await FindAsync("a.io", "x"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"auths":{"a.io":{"auth":"s3cret!"}}}""")]
    [InlineData("""{"auths":{"a.io":{"auth":"czNjcmV0"}}}""")]
    [InlineData("""{"auths":{"a.io":"s3cret"}}""")]
    public async Task A_malformed_file_is_refused_without_repeating_it(string json)
    {
        bench.Folder.Write("docker/config.json", json);

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync("a.io", "x"));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.Equal($"'{bench.DockerConfig}' is not a file of registry credentials", failure.Message);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("czNjcmV0", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"credHelpers":{"a.io":"graft-test"}}""", "a.io", "a.io-user:secret of a.io")]
    [InlineData("""{"credsStore":"graft-test"}""", "a.io", "a.io-user:secret of a.io")]
    [InlineData("""{"credsStore":"graft-test"}""", "docker.io", "https://index.docker.io/v1/-user:secret of https://index.docker.io/v1/")]
    [InlineData("""{"credsStore":"graft-test"}""", "none.io", null)]
    [InlineData("""{"credsStore":"graft-test"}""", "token.io", "identity secret of token.io")]
    [InlineData("""{"credsStore":"gone","credHelpers":{"a.io":"graft-test"}}""", "a.io", "a.io-user:secret of a.io")]
    [InlineData("""{"credsStore":"gone","auths":{"a.io":{"auth":"dTpw"}}}""", "a.io", "u:p")]
    public async Task Asks_docker_s_helpers(string json, string registry, string? expected)
    {
        bench.Folder.Write("docker/config.json", json);

        Assert.Equal(expected, await FindAsync(registry, "x"));
    }

    [Theory]
    [InlineData("""{"credHelpers":{"a.io":"graft-test"}}""", "a.io", true)]
    [InlineData("""{"credsStore":"graft-test"}""", "a.io", true)]
    [InlineData("""{"credsStore":"gone","auths":{"a.io":{"auth":"dTpw"}}}""", "a.io", false)]
    public async Task Says_where_they_are(string json, string registry, bool isHelped)
    {
        bench.Folder.Write("docker/config.json", json);

        Assert.Equal(new LogInSource(bench.DockerConfig, isHelped ? "graft-test" : null), await bench.Credentials().FindSourceAsync(registry, "x", Token));
    }

    [Theory]
    [InlineData("broken.io", "'docker-credential-graft-test' gives no credentials for 'broken.io' and ends with 3")]
    [InlineData("garbage.io", "what 'docker-credential-graft-test' says of 'garbage.io' is not what a credential helper says")]
    public async Task A_helper_that_fails_is_named_and_not_quoted(string registry, string message)
    {
        bench.Folder.Write("docker/config.json", """{"credsStore":"graft-test"}""");

        var failure = await Assert.ThrowsAsync<GraftException>(() => FindAsync(registry, "x"));

        Assert.Equal(FailureKind.Outside, failure.Kind);
        Assert.Equal(message, failure.Message);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../bin/sh")]
    [InlineData("-x")]
    [InlineData("a b")]
    public async Task A_helper_s_name_is_a_name(string name)
    {
        bench.Folder.Write("docker/config.json", $$"""{"credsStore":"{{name}}"}""");

        Assert.Equal(FailureKind.Input, (await Assert.ThrowsAsync<GraftException>(() => FindAsync("a.io", "x"))).Kind);
    }

    [Fact]
    public async Task A_helper_that_is_not_installed_is_an_outside_failure()
    {
        bench.Folder.Write("docker/config.json", """{"credsStore":"gone"}""");

        Assert.Equal(FailureKind.Outside, (await Assert.ThrowsAsync<GraftException>(() => FindAsync("a.io", "x"))).Kind);
    }

    private async Task<string?> FindAsync(string registry, string repository) =>
        await bench.Credentials().FindAsync(registry, repository, Token) is not { } found ? null
        : found.IdentityToken is { } identity ? $"identity {identity}"
        : found.RegistryToken is { } token ? $"registry {token}"
        : $"{found.User}:{found.Secret}";
}
