using System.Text;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>
/// Secrets stand where a user has them: tokens in the environment, a password in the remote's address, credentials in docker's configuration. None of them
/// turns up in what graft says, writes down, or starts programs with.
/// </summary>
public sealed class CanaryTests : IDisposable
{
    // Every secret holds it.
    private const string Canary = "c4n4ry";
    private const string Address = $"https://ada:{Canary}-pass@127.0.0.1:9/acme/shop.git";

    // A password that is not written as an address should have it.
    private const string OddAddress = $"https://ada:{Canary}-p@/ss@127.0.0.1:9/acme/shop.git";
    private const string DockerUser = $"ada:{Canary}-docker";
    private const string Name = "3.2.203002010000";

    // Where they were put. Git itself keeps the address in the repository's configuration.
    private static readonly string[] Homes = ["product/.git/config", "user/home/.docker/config.json", "token"];

    private readonly SampleProduct product = LivedInSample.Copy();
    private readonly RecordedPrograms programs;
    private readonly GraftRun graft;

    public CanaryTests()
    {
        programs = new RecordedPrograms(product.Repository.Beside("programs"), "git", "sh");
        product.Repository.Git("config", "remote.origin.url", Address);
        graft = product.Graft
            .With("GH_TOKEN", $"gho_{Canary}_1").With("GITHUB_TOKEN", $"ghp_{Canary}_2").With("GH_ENTERPRISE_TOKEN", $"ghe_{Canary}_3")
            .With("DOCKER_AUTH_CONFIG", DockerConfiguration).With("PATH", programs.SearchPath);
        _ = graft.Environment();
        Directory.CreateDirectory(Path.Combine(graft.Home, "home", ".docker"));
        File.WriteAllText(Path.Combine(graft.Home, "home", ".docker", "config.json"), DockerConfiguration);
    }

    private static string DockerConfiguration => $$"""{"auths":{"https://index.docker.io/v1/":{"auth":"{{Encoded(DockerUser)}}"},"localhost:5000":{"username":"ada","password":"{{Canary}}-docker"} } }""";

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData("release list", 0)]
    [InlineData($"release show {SampleProduct.Release}", 0)]
    [InlineData($"release diff {SampleProduct.Release} {LivedInSample.Draft}", 0)]
    [InlineData($"release images {SampleProduct.Release}", 0)]
    [InlineData("release tree", 0)]
    [InlineData("release download --include-drafts", 0)]
    [InlineData($"release publish {LivedInSample.Draft} --yes", 5)]
    [InlineData("hotfix affected", 0)]
    [InlineData("hotfix affected --base nothing", 4)]
    [InlineData("hotfix runs", 0)]
    [InlineData($"hotfix generate --release {SampleProduct.Release} --build acme/api --dry-run", 0)]
    [InlineData($"hotfix generate --release {SampleProduct.Release} --set bitnami/redis=7.2.5", 3)]
    [InlineData($"hotfix generate --release {SampleProduct.Release} --build nothing", 4)]
    [InlineData($"hotfix generate --release {SampleProduct.Release}", 2)]
    [InlineData("hotfix resume nothing", 4)]
    [InlineData("init --dry-run", 0)]
    [InlineData("init --force", 0)]
    [InlineData("release list --config missing.yaml", 4)]
    public void Looking_and_failing_show_none(string line, int code)
    {
        foreach (var options in new[] { "", " --verbose", " --json" })
        {
            var result = graft.Run((line + options).Split(' '));
            Assert.Equal(code, result.ExitCode);
            CheckText(result.ToString());
        }

        CheckAll();
    }

    [Fact]
    public void A_build_whose_script_prints_the_environment_keeps_none()
    {
        Prepare("env\ngit remote -v\n");

        var result = graft.Run(Generate);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("GH_TOKEN=***", product.Read($".graft/runs/{Name}/logs/acme/api.log"), StringComparison.Ordinal);
        Assert.Contains("://127.0.0.1:9/acme/shop.git", product.Read($".graft/runs/{Name}/logs/acme/api.log"), StringComparison.Ordinal);
        CheckText(result.ToString());
        CheckText(graft.Run("hotfix", "runs", "--json").Succeeded().Output);
        Assert.Contains("rev-parse\n", programs.Arguments, StringComparison.Ordinal);
        CheckAll();
    }

    [Fact]
    public void A_build_that_fails_and_is_carried_on_keeps_none()
    {
        product.Repository.Git("config", "remote.origin.url", OddAddress);
        Prepare("env >&2\ngit remote -v >&2\ngit fetch origin 2>&1\nexit 7\n");

        foreach (var line in new[] { Generate, ["hotfix", "resume", Name], ["hotfix", "resume", Name, "--json"], ["hotfix", "resume", Name, "--verbose"] })
        {
            var result = graft.Run(line);
            Assert.Equal(5, result.ExitCode);
            CheckText(result.ToString());
        }

        CheckAll();
    }

    [Fact]
    public void A_submodule_whose_address_is_beside_the_products_is_fetched_without_showing_it()
    {
        product.Repository.Write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = ../lib.git\n");
        product.Repository.Git("add", ".gitmodules");
        product.Repository.Git("update-index", "--add", "--cacheinfo", "160000,5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4,lib");
        product.Repository.Git("commit", "--quiet", "--message", "Use a library");

        var result = graft.Run([.. Generate, "--allow", "not-pushed", "dirty-tree"]);

        Assert.Contains("cannot fetch '5c1f0a77' of the submodule 'lib' from 'https://127.0.0.1:9/acme/lib.git'", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.ExitCode);
        CheckText(result.ToString());
        Assert.Contains("fetch\n", programs.Arguments, StringComparison.Ordinal);
        CheckAll();
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildx")]
    [InlineData("buildah")]
    [InlineData("podman")]
    public void A_builder_that_says_what_it_is_lent_keeps_none(string builder)
    {
        var builders = new StandInBuilders(product.Repository.Beside("builders"));
        product.Repository.Write("../token", $"machine example.org\n  password {Canary}-line\n");
        product.Repository.Write("graft.yaml", $"{SampleFiles.PreparingConfiguration}    secrets: {{ word: SECRET_WORD, file: ../token }}\nbuild: {{ with: {builder} }}\n");
        Prepare("");
        var chatty = graft.With("PATH", $"{builders.Folder}:{programs.SearchPath}").With("SECRET_WORD", $"{Canary}-word").With("CHATTY", "1");

        foreach (var line in new string[][] { [.. Generate, "--allow", "affected-not-built"], ["hotfix", "resume", Name, "--json"], ["hotfix", "resume", Name, "--verbose"] })
        {
            var failed = chatty.With("FAIL", $"cannot fetch {OddAddress}: {Canary}-word").Run(line);
            Assert.Equal(5, failed.ExitCode);
            Assert.Contains("cannot fetch https://127.0.0.1:9/acme/shop.git: ***", failed.ToString(), StringComparison.Ordinal);
            CheckText(failed.ToString());
        }

        var built = chatty.Run("hotfix", "resume", Name, "--verbose").Succeeded();

        CheckText(built.ToString());
        var log = product.Read($".graft/runs/{Name}/logs/acme/api.log");
        Assert.Contains("SECRET_WORD=***", log, StringComparison.Ordinal);
        Assert.Contains("--secret id=word,env=SECRET_WORD --secret id=file,src=", builders.Calls, StringComparison.Ordinal);
        CheckAll();
    }

    private static string[] Generate => ["hotfix", "generate", "--offline", "--release", SampleProduct.Release, "--build", "acme/api", "--name", Name];

    // A script of a commit that the tracking branches have, as far as this clone knows.
    private void Prepare(string script)
    {
        product.Repository.Commit("Prepare", ("src/api/prepare.sh", "#!/bin/sh\n" + script));
        product.Repository.Git("update-ref", $"refs/remotes/origin/{SampleProduct.Branch}", "HEAD");
    }

    private void CheckAll()
    {
        var files = Directory.EnumerateFiles(product.Repository.Around, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
        foreach (var file in files.Where(file => !Homes.Contains(Path.GetRelativePath(product.Repository.Around, file), StringComparer.Ordinal)))
        {
            Assert.True(!Holds(Encoding.Latin1.GetString(File.ReadAllBytes(file))), $"'{file}' holds a secret");
        }
    }

    private static void CheckText(string text) => Assert.False(Holds(text), $"a secret is in:\n{text}");

    private static bool Holds(string text) =>
        text.Contains(Canary, StringComparison.Ordinal) || text.Contains(Encoded(DockerUser), StringComparison.Ordinal) || text.Contains(Encoded($"ada:{Canary}-pass"), StringComparison.Ordinal);

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
