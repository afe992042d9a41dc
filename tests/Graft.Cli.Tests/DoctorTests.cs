using System.Text;
using System.Text.RegularExpressions;
using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests;

/// <summary><c>graft doctor</c> says what is there, what is missing, and how to get it.</summary>
public sealed class DoctorTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly MemoryRegistry memory = new();
    private readonly HostileRegistry registry;
    private readonly SampleProduct product;
    private Func<WireRequest, WireReply?> answers = _ => null;

    public DoctorTests()
    {
        registry = new HostileRegistry(request => answers(request) ?? memory.Answer(request));
        product = new SampleProduct(SampleFiles.Configuration.Replace("product: acme\n", $"product: acme\nregistry: {registry.Host}/team\n", StringComparison.Ordinal));
        product.PutOnPublisher(Release, product.Released);
        product.WriteManifest(Release, string.Join('\n', product.ReadManifest(Release).Split('\n').Where(line => !line.Contains("bitnami", StringComparison.Ordinal)))
            .Replace("registry.k8s.io", registry.Host, StringComparison.Ordinal).Replace("acme-tools/lint", $"{registry.Host}/lint", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        product.Dispose();
        registry.Dispose();
    }

    [Fact]
    public void Says_that_all_is_there_and_leaves_nothing()
    {
        var before = Paths();

        var result = product.Run("doctor").Succeeded();

        Assert.Equal("all that a hotfix needs is there\n", result.Error);
        Assert.Equal(
            $"""
            git
              ok       git VERSION
              ok       the repository '.', on branch '{SampleProduct.Branch}' at {product.Fix.Short}
              ok       remote 'origin', {product.Repository.Remote}: can be read and pushed to
            graft.yaml
              ok       product 'acme': 4 images from 4 Dockerfiles
              ok       the newest release here is {Release}
            builder
              ok       the embedded builder, a part of graft; does not take RUN or secrets
            registries
              ok       {registry.Host}: no TLS, wants no log-in; may be pushed to (tried: acme/api, acme/base, acme/web)
            publisher
              ok       folder:.graft/published: 1 release
            disk
              ok       the cache folder, 'CACHE': N GiB free
              ok       the folder of runs, '.graft': N GiB free
            runs
              ok       no hotfix was cut off

            """,
            Unwrapped(result.Output));
        Assert.All(result.Output.Split('\n').Where(line => !line.Contains(product.Root[..^8], StringComparison.Ordinal)), line => Assert.True(line.Length <= 80, line));
        Assert.Empty(memory.Uploads);
        Assert.Equal([], Paths().Except(before, StringComparer.Ordinal));
    }

    [Fact]
    public void Works_outside_a_repository()
    {
        var result = (product.Graft with { Directory = Directory.CreateDirectory(product.Repository.Beside("elsewhere")).FullName }).Run("doctor");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("is not in a git repository -> go to the product's repository, or name it with `-C DIR`\n", Unwrapped(result.Output), StringComparison.Ordinal);
        Assert.Contains("\nbuilder\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\ndisk\n  ok       the cache folder", result.Output, StringComparison.Ordinal);
        Assert.Equal("1 thing that a hotfix needs is not there\n", result.Error);

        var nowhere = product.Run("doctor -C nowhere");
        Assert.Equal(4, nowhere.ExitCode);
        Assert.Equal("error: there is no folder 'nowhere'\n", nowhere.Error);
    }

    [Theory]
    [InlineData("product: acme\nimages: 7\n", "  wrong    graft.yaml:2:9: ")]
    [InlineData("product: acme\nimages: [{ dockerfiles: none/*/Dockerfile, name: 'acme/{name}' }]\n", "  wrong    graft.yaml:2:10: 'none/*/Dockerfile' matches no file of the commit")]
    public void Says_what_is_off_in_graft_yaml_and_looks_at_the_rest(string configuration, string finding)
    {
        File.WriteAllText(product.At("graft.yaml"), configuration);

        var result = product.Run("doctor");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains(finding, Unwrapped(result.Output), StringComparison.Ordinal);
        Assert.Contains("can be read and pushed to\n", Unwrapped(result.Output), StringComparison.Ordinal);
        Assert.Contains("the cache folder", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_that_takes_no_push_says_which_log_in_was_used()
    {
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:s3cret-word"));
        product.Repository.Write("../docker/config.json", $$"""{ "auths": { "{{registry.Host}}": { "auth": "{{secret}}" } } }""");
        answers = request => request.Headers.GetValueOrDefault("authorization") != $"Basic {secret}" ? WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"it\"")) : null;

        var result = product.Graft.With("DOCKER_CONFIG", product.Repository.Beside("docker")).Run("doctor").Succeeded();
        Assert.Contains($"{registry.Host}: no TLS, log-in of {product.Repository.Beside("docker/config.json")}; may be pushed to", Unwrapped(result.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.ToString(), StringComparison.Ordinal);

        var nobody = product.Run("doctor");
        Assert.Equal(5, nobody.ExitCode);
        Assert.Contains($"  missing  '{registry.Host}' wants credentials, and there are none for it\n           -> `docker login {registry.Host}`, or `podman login`\n", nobody.Output, StringComparison.Ordinal);

        answers = request => request.Method == "POST" ? WireReply.Error(403, "DENIED") : null;
        var denied = product.Run("doctor");
        Assert.Equal(5, denied.ExitCode);
        Assert.Contains($"missing  '{registry.Host}/team/acme/api' may not be pushed to: DENIED: so it is", Unwrapped(denied.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_that_only_a_Dockerfile_names_is_asked_too()
    {
        using var other = new HostileRegistry(request => WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"it\"")));
        product.Repository.Commit("Stand on a runtime", ("src/web/Dockerfile", $"FROM {other.Host}/lib/runtime:1\nCOPY public/ /srv/\n"));

        var result = product.Run("doctor --json");

        Assert.Equal(5, result.ExitCode);
        Assert.False(result.Json().GetProperty("ok").GetBoolean());
        var missing = result.Json().GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("state").GetString() == "missing");
        Assert.Equal("registries", missing.GetProperty("topic").GetString());
        Assert.Equal($"'{other.Host}' wants credentials, and there are none for it", missing.GetProperty("message").GetString());
        Assert.Equal($"`docker login {other.Host}`, or `podman login`", missing.GetProperty("hint").GetString());
    }

    [Fact]
    public void A_registry_out_of_reach_says_what_to_try()
    {
        product.WriteManifest(Release, product.ReadManifest(Release).Replace($"{registry.Host}/lint", "quay.example/lint", StringComparison.Ordinal));

        var result = product.Run("doctor");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("missing  'quay.example' was not reached: connection refused -> see what `curl -sSI https://quay.example/v2/` says; ", Unwrapped(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Offline_asks_no_registry()
    {
        var result = product.Run("doctor --offline").Succeeded();

        Assert.Contains($"  note     {registry.Host}: not asked, because of `--offline`\n", result.Output, StringComparison.Ordinal);
        Assert.Empty(registry.Requests);
    }

    [Fact]
    public void A_builder_that_is_missing_is_named_and_so_are_the_others_that_are_here()
    {
        var builders = new StandInBuilders(product.Repository.Beside("bin"));
        File.AppendAllText(product.At("graft.yaml"), "build: { with: docker }\n");

        var result = product.Graft
            .With("PATH", $"{builders.Folder}:{Environment.GetEnvironmentVariable("PATH")}").With("LACKS", "version").With("WORDS", "Cannot connect to the Docker daemon")
            .With("ASKED", "--version").With("ANSWER", "version 1.28.2").Run("doctor");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("  missing  docker does not reach its daemon: Cannot connect to the Docker daemon\n           -> start it (`sudo systemctl start docker`)", result.Output, StringComparison.Ordinal);
        Assert.Contains("  note     buildah 1.28.2 is here: `build: { with: buildah }` in graft.yaml\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_the_builder_cannot_build()
    {
        product.Repository.Commit("Run something", ("src/web/Dockerfile", "FROM scratch\nCOPY public/ /srv/\nRUN true\n"));

        var some = product.Run("doctor").Succeeded();
        Assert.Contains("  note     it cannot build 1 of the 4 images; the first: src/web/Dockerfile:3:1: ", Unwrapped(some.Output), StringComparison.Ordinal);

        foreach (var image in new[] { "api", "base", "worker" })
        {
            product.Repository.Write($"src/{image}/Dockerfile", "FROM scratch\nRUN true\n");
        }

        product.Repository.Commit("Run more");
        Assert.Equal(4, product.Run("doctor").ExitCode);
    }

    [Fact]
    public void A_remote_out_of_reach_or_closed_says_what_to_try()
    {
        product.Repository.Git("remote", "set-url", "origin", "https://ada:s3cret-word@127.0.0.1:1/shop.git");
        var away = product.Run("doctor");
        Assert.Equal(5, away.ExitCode);
        Assert.Contains("missing  remote 'origin', https://127.0.0.1:1/shop.git, was not reached: ", Unwrapped(away.Output), StringComparison.Ordinal);
        Assert.Contains("-> see that `git ls-remote origin` works\n", away.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", away.ToString(), StringComparison.Ordinal);

        product.Repository.Git("remote", "remove", "origin");
        Assert.Contains("missing  there is no remote 'origin' -> `git remote add origin ADDRESS`", Unwrapped(product.Run("doctor").Output), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_cut_off_can_be_carried_on()
    {
        Directory.CreateDirectory(product.At("releases/3.2.203001010000.lock.json"));
        product.Graft.Run(["hotfix", "generate", "--release", Release, "--name", "3.2.203001010000", "--set", $"{registry.Host}/lint=2.11", "--offline", "--allow", "affected-not-built"]);

        var result = product.Run("doctor").Succeeded();

        Assert.Contains($"note     hotfix 3.2.203001010000 of {Release} was cut off, at: write releases/3.2.203001010000.lock.json", Unwrapped(result.Output), StringComparison.Ordinal);
        Assert.Contains("`graft hotfix resume 3.2.203001010000`, or\n           `graft hotfix abandon 3.2.203001010000`\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_publisher_where_no_draft_can_be_put_up_is_missing()
    {
        File.SetUnixFileMode(product.At(".graft/published"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var result = (product.Graft with { IsOrdinary = true }).Run("doctor");

        File.SetUnixFileMode(product.At(".graft/published"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("missing  no draft can be put up in '.graft/published': ", Unwrapped(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Can_be_stopped_while_a_registry_does_not_answer()
    {
        answers = request => request.Path == "/v2/" ? null : new WireReply(200) { Announced = 100, Hangs = true };
        using var graft = product.Graft.Start("doctor");
        await registry.Hanging.WaitAsync(TestContext.Current.CancellationToken);
        graft.Signal("INT");

        Assert.Equal(130, graft.WaitForExit().ExitCode);
    }

    // Not the home, which the runtime looks into.
    private List<string> Paths() =>
        [.. Directory.EnumerateFileSystemEntries(product.Repository.Around, "*", SearchOption.AllDirectories).Where(path => !path.StartsWith(product.Repository.Beside("user"), StringComparison.Ordinal))];

    // Lines that were broken at 80 columns as one, and what depends on the machine by its name.
    private string Unwrapped(string output)
    {
        var text = Regex.Replace(output, "\n {11}", " ");
        text = Regex.Replace(text, "git [0-9]+\\.[0-9.]+", "git VERSION");
        return Regex.Replace(text, "[0-9]+ GiB free", "N GiB free").Replace(product.Repository.Beside("user/cache/graft"), "CACHE", StringComparison.Ordinal).Replace("../user/cache/graft", "CACHE", StringComparison.Ordinal);
    }
}
