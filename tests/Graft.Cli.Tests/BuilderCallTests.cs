using System.Text.RegularExpressions;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>What each builder is called with: a program of its name in PATH takes down its arguments and leaves an image as the builder would.</summary>
public sealed class BuilderCallTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;
    private const string Name = "3.2.203001010000";
    private readonly SampleProduct product = new();
    private readonly StandInBuilders builders;

    public BuilderCallTests() => builders = new StandInBuilders(product.Repository.Beside("bin"));

    public async ValueTask InitializeAsync()
    {
        product.PutOnPublisher(Release, product.Released);
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        product.Repository.Write("../token", "sesame-0451\n");
    }

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("buildah")]
    [InlineData("podman")]
    [InlineData("docker")]
    public void A_builder_is_lent_its_base_and_gives_the_image_back(string builder)
    {
        Configure($"{{ with: {builder}, options: [--network=none] }}", "    contexts: { tools: acme/base }");

        Generate().Succeeded();

        Golden.Check($"tests/Graft.Cli.Tests/Goldens/builder-{builder}.golden", Calls());
    }

    [Fact]
    public void Buildx_is_lent_layouts()
    {
        Configure("{ with: buildx, builder: fast, options: [--no-cache] }", "    contexts: { tools: acme/base, shared: src/web }");

        Generate().Succeeded();

        Golden.Check("tests/Graft.Cli.Tests/Goldens/builder-buildx.golden", Calls());
    }

    [Theory]
    [InlineData("buildx", "ERROR: OCI exporter is not supported for the docker driver.", "make one with `docker buildx create --name graft`, and name it under `build.builder`")]
    [InlineData("buildx", "ERROR: failed to solve", "all that it said is in '.graft/runs/")]
    [InlineData("docker", "ERROR: BuildKit is enabled but the buildx component is missing or broken.", "from version 23 on, docker builds with its plugin buildx: install that")]
    public void Says_what_to_do_when_the_builder_cannot(string builder, string words, string hint)
    {
        Configure($"{{ with: {builder} }}", "");

        var failed = Generate(graft => graft.With("FAIL", "#0 building with \"default\" instance using docker driver\n" + words + "\n  more is said elsewhere"));

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains($"error: {builder} failed to build 'acme/api' with exit code 1: more is said elsewhere\nhint: ", failed.Error, StringComparison.Ordinal);
        Assert.Contains(hint, failed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("buildx", "buildx version", "", "", "", "'docker' has no buildx here\nhint: install docker's plugin buildx (")]
    [InlineData("buildx", "buildx inspect fast", "ERROR: no builder \"fast\" found", "", "", "buildx cannot use its instance 'fast': ERROR: no builder \"fast\" found\nhint: `docker buildx ls` lists them, `docker buildx create --name fast` makes one")]
    [InlineData("buildx", "", "", "buildx inspect fast", "Driver:  docker-container\\nError:  no such container", "buildx cannot use its instance 'fast': no such container\nhint: ")]
    [InlineData("buildx", "", "", "buildx inspect fast", "Driver:  docker\\nStatus:  running", "buildx has no instance here that graft can use\nhint: docker's default builder cannot write OCI archives: make one with")]
    [InlineData("docker", "version", "Cannot connect to the Docker daemon", "", "", "docker does not reach its daemon: Cannot connect to the Docker daemon\nhint: start it (`sudo systemctl start docker`)")]
    [InlineData("docker", "version", "Got permission denied while trying to connect", "", "", "docker does not reach its daemon: Got permission denied while trying to connect\nhint: `sudo usermod -aG docker $USER`")]
    [InlineData("docker", "buildx version", "", "version", "28.2.2 28.2.2", "docker 28.2.2 builds with its plugin buildx, which it has not here\nhint: from version 23 on")]
    [InlineData("podman", "info", "Error: cannot connect to Podman", "", "", "podman cannot build here: Error: cannot connect to Podman\nhint: see that `podman info` works")]
    public void A_builder_that_lacks_something_is_found_before_the_name_is_reserved(string builder, string lacks, string words, string asked, string answer, string message)
    {
        Configure($"{{ with: {builder}{(builder == "buildx" ? ", builder: fast" : "")} }}", "");

        var failed = Generate(graft => graft.With("LACKS", lacks).With("WORDS", words).With("ASKED", asked).With("ANSWER", answer));

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains($"error: {message}", failed.Error, StringComparison.Ordinal);
        AssertNothingBegan();
    }

    [Fact]
    public void Buildx_takes_dockers_own_instance_where_images_are_in_containerd()
    {
        Configure("{ with: buildx }", "");

        Generate(graft => graft.With("ASKED", "info").With("ANSWER", "[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]")).Succeeded();
    }

    [Fact]
    public void A_secret_is_in_no_argument_and_in_no_output()
    {
        Configure("{ with: buildah }", "");

        var failed = Generate(graft => graft.With("FAIL", "it was topsecret-value, then sesame-0451"));

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains("it was ***, then ***", failed.Error, StringComparison.Ordinal);
        var everything = Calls() + string.Concat(Directory.EnumerateFiles(product.At(".graft/runs"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)) + failed;
        Assert.DoesNotContain("topsecret", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker", "contexts: { tools: src/web }", "src/api/Dockerfile:3:1: the named context 'tools' is a folder, 'src/web', and docker takes none")]
    [InlineData("buildah", "contexts: { tools: acme/base }\n    secrets: { other: NOT_SET_ANYWHERE }", "'acme/api' needs the secret 'other', and the environment has no 'NOT_SET_ANYWHERE'")]
    [InlineData("buildah", "contexts: { tools: acme/base }\n    secrets: { other: ./nowhere }", "'acme/api' needs the secret 'other', and there is no file 'nowhere'")]
    public void Refuses_before_anything_is_done(string builder, string rule, string message)
    {
        Configure($"{{ with: {builder} }}", "    " + rule, secrets: "");

        var refused = Generate();

        Assert.Equal(4, refused.ExitCode);
        Assert.Contains($"error: {message}", refused.Error, StringComparison.Ordinal);
        Assert.Equal("", Calls());
        Assert.DoesNotContain(product.ImageTags, tag => tag.Contains(Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_builder_that_is_not_installed_is_named()
    {
        Configure("{ with: podman }", "    contexts: { tools: acme/base }");
        File.Delete(product.Repository.Beside("bin/podman"));
        foreach (var program in new[] { "git", "sh" })
        {
            var real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);
            File.CreateSymbolicLink(product.Repository.Beside($"bin/{program}"), real);
        }

        var failed = Generate(graft => graft.With("PATH", product.Repository.Beside("bin")));

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains("error: cannot run 'podman': it is not installed\nhint: install it (Debian, Ubuntu: `apt install podman`)", failed.Error, StringComparison.Ordinal);
        AssertNothingBegan();
    }

    [Fact]
    public void A_run_that_still_has_to_build_is_not_carried_on_without_the_builder()
    {
        Configure("{ with: buildah }", "");
        Assert.Equal(5, Generate(graft => graft.With("FAIL", "no space")).ExitCode);
        var before = Calls();

        var failed = Run(["hotfix", "resume", Name], graft => graft.With("LACKS", "info").With("WORDS", "no storage"));

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains("error: buildah cannot build here: no storage\nhint: see that `buildah info` works; then carry on with `graft hotfix resume", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("buildah build ", Calls()[before.Length..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_is_lent_once_to_all_that_are_built_side_by_side()
    {
        Configure("{ with: buildah, parallel: 2 }", "");
        product.Repository.Commit("Stand on the base, both of them", ("src/web/Dockerfile", "FROM acme/base\n"));
        product.Repository.Push();
        var together = Directory.CreateDirectory(product.Repository.Beside("together")).FullName;

        Run(["hotfix", "generate", "--release", Release, "--build", "acme/api", "acme/web", "--name", Name, "--offline", "--allow", "affected-not-built"], graft => graft.With("TOGETHER", together)).Succeeded();

        var calls = Calls().Split('\n');
        Assert.Equal(2, calls.Count(call => call.StartsWith("buildah build ", StringComparison.Ordinal)));
        Assert.Single(calls, call => call.StartsWith("buildah pull ", StringComparison.Ordinal));
        Assert.StartsWith("buildah images ", calls[Array.FindLastIndex(calls, call => call.StartsWith("buildah ", StringComparison.Ordinal))], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_goes_on_without_the_builder_when_all_is_built()
    {
        Configure("{ with: buildah }", "");
        var inTheWay = Directory.CreateDirectory(product.At($"releases/{Name}.lock.json"));
        Assert.Equal(5, Generate().ExitCode);
        inTheWay.Delete();

        Run(["hotfix", "resume", Name], graft => graft.With("LACKS", "info")).Succeeded();
    }

    private void Configure(string build, string rule, string secrets = "    secrets: { token: ../token, word: SECRET_WORD }")
    {
        product.Repository.Commit(
            "Build with a program",
            ("graft.yaml", $"""
                product: acme
                build: {build}
                images:
                  - dockerfiles: src/*/Dockerfile
                    except: [src/api/Dockerfile]
                    name: acme/{"{name}"}
                  - dockerfiles: src/api/Dockerfile
                    name: acme/api
                    targets: {"{ last: acme/api }"}
                    args: {"{ GREETING: \"a, b\" }"}
                {rule}
                {secrets}

                """),
            ("src/api/.dockerignore", "**/*.log"),
            ("src/api/Dockerfile", rule.Contains("tools", StringComparison.Ordinal)
                ? "FROM acme/base:any AS first\nFROM first AS last\nCOPY --from=tools /etc/acme.conf /\n" + (rule.Contains("shared", StringComparison.Ordinal) ? "COPY --from=shared public /\n" : "") + "FROM nowhere:1\n"
                : "FROM acme/base AS last\n"));
        product.Repository.Push();
    }

    private void AssertNothingBegan()
    {
        Assert.False(Directory.Exists(product.At(".graft/runs")));
        Assert.DoesNotContain("refs/graft/", product.Repository.Git("ls-remote", "origin"), StringComparison.Ordinal);
        Assert.DoesNotContain(" build ", Calls(), StringComparison.Ordinal);
    }

    private GraftResult Generate(Func<GraftRun, GraftRun>? change = null) =>
        Run(["hotfix", "generate", "--release", Release, "--build", "acme/api", "--name", Name, "--offline", "--allow", "affected-not-built"], change);

    private GraftResult Run(string[] line, Func<GraftRun, GraftRun>? change = null)
    {
        var graft = product.Graft
            .With("PATH", $"{builders.Folder}:{Environment.GetEnvironmentVariable("PATH")}")
            .With("SECRET_WORD", "topsecret-value");
        return (change?.Invoke(graft) ?? graft).Run(line);
    }

    private string Calls()
    {
        // Both are named after the repository's place.
        var text = Regex.Replace(builders.Calls, "graft-run/[a-z0-9-]+", "graft-run/RUN");
        text = Regex.Replace(text, "user/cache/graft/checkouts/[^/]+/[^/]+/[0-9a-f]+", "CHECKOUT");
        return text.Replace(Path.GetDirectoryName(product.Root)!, "TOP", StringComparison.Ordinal);
    }
}
