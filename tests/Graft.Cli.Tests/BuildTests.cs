using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Hotfixes that build images, as whole runs.</summary>
public sealed class BuildTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;

    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public async ValueTask InitializeAsync()
    {
        product.PutOnPublisher(Release, product.Released);
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Builds_an_image_from_another_one_of_the_release()
    {
        var story = new WholeRun(product);

        story.Run("hotfix", "generate", "--release", Release, "--build", "acme/api");

        story.Check("generate-build");
    }

    [Fact]
    public void Builds_several_and_changes_one_for_a_script()
    {
        var story = new WholeRun(product);

        var document = story.Run("hotfix", "generate", "--json", "--quiet", "--offline", "--release", Release, "--build", "acme/base", "acme/api", "--set", "bitnami/redis=7.2.5").Succeeded().Json();
        var name = document.GetProperty("release").GetString();
        story.Run("release", "diff", Release, name!);

        Assert.Equal(
            [$"acme/api:{name}-{product.Fix.Short}", $"acme/base:{Release}-{product.Released.Short}", $"acme/base:{name}-{product.Fix.Short}"],
            product.ImageTags);
        Assert.All(document.GetProperty("built").EnumerateArray(), built => Assert.StartsWith("sha256:", built.GetProperty("digest").GetString(), StringComparison.Ordinal));
        // Nothing of the base changed, so it is bit for bit the one that is live.
        Assert.Equal(Digest($"acme/base:{Release}-{product.Released.Short}"), Digest($"acme/base:{name}-{product.Fix.Short}"));
        story.Check("generate-build-json");
    }

    [Fact]
    public void Builds_from_the_commit_and_not_from_the_folder()
    {
        var clean = Build("3.2.203001010000");
        File.WriteAllText(product.At("src/api/app/stray"), "ignored\n");
        product.Repository.Write(".git/info/exclude", "stray\n");
        product.Repository.Git("config", "core.fileMode", "false");
        File.SetLastWriteTimeUtc(product.At("src/api/app/serve"), DateTime.UnixEpoch);
        File.SetUnixFileMode(product.At("src/api/app/serve"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal(clean, Build("3.2.203001010001"));
    }

    [Fact]
    public async Task Builds_the_same_image_in_another_folder_and_under_another_umask()
    {
        using var other = new SampleProduct(SampleFiles.PreparingConfiguration);
        await other.PushBaseImageAsync(TestContext.Current.CancellationToken);
        using var shell = new RunningProgram(
            "sh",
            ["-c", "umask 077; exec \"$0\" \"$@\"", SourceTree.Program, "hotfix", "generate", "--json", "--release", Release, "--build", "acme/api", "--name", "3.2.203001010000"],
            other.Root,
            other.Graft.Environment());

        var digest = shell.WaitForExit().Succeeded().Json().GetProperty("built")[0].GetProperty("digest").GetString();

        Assert.Equal(Build("3.2.203001010000"), digest);
    }

    [Fact]
    public void Leaves_no_checkout_and_no_built_image_behind()
    {
        var name = Build("3.2.203001010000");

        Assert.NotEqual("", name);
        Assert.False(Directory.Exists(product.At(".graft/runs/3.2.203001010000/images")));
        Assert.Equal([], Directory.Exists(product.Repository.Beside("user/cache")) ? Directory.EnumerateFiles(product.Repository.Beside("user/cache"), "*", SearchOption.AllDirectories) : []);
    }

    [Fact]
    public void A_base_that_nobody_has_is_an_error_before_anything_is_done()
    {
        Directory.Delete(product.At(".graft/images"), recursive: true);

        var result = product.Run($"hotfix generate --release {Release} --build acme/api");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains($"acme/base:{Release}-{product.Released.Short}", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(product.At(".graft/runs")));
    }

    [Fact]
    public void A_script_that_fails_is_an_outside_failure_that_can_be_resumed()
    {
        product.Repository.Write("src/api/prepare.sh", "#!/bin/sh\necho no disk >&2\nexit 7\n");
        product.Repository.Commit("Break the script");
        product.Repository.Push();

        var result = product.Run($"hotfix generate --release {Release} --build acme/api --name 3.2.203001010000");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("error: `prepare` of 'acme/api' failed: 'src/api/prepare.sh' ended with 7\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("carry on with `graft hotfix resume 3.2.203001010000`", result.Error, StringComparison.Ordinal);
        Assert.Contains("build acme/api: no disk", result.Error, StringComparison.Ordinal);
        Assert.Equal("interrupted", product.Run("hotfix runs --json").Json()[0].GetProperty("state").GetString());
        Assert.Equal([Release], product.Releases);
    }

    [Fact]
    public void An_instruction_that_the_builder_has_not_is_refused_by_name()
    {
        product.Repository.Commit("Run something", ("src/web/Dockerfile", "FROM scratch\nCOPY public/ /srv/\nRUN echo hello\n"));
        product.Repository.Push();

        var result = product.Run($"hotfix generate --release {Release} --build acme/web --allow affected-not-built");

        Assert.Contains("src/web/Dockerfile:3", result.Error, StringComparison.Ordinal);
        Assert.Contains("RUN", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal("[]\n", product.Run("hotfix runs --json").Succeeded().Output);
    }

    private string Build(string name) =>
        product.Run($"hotfix generate --json --release {Release} --build acme/api --name {name}").Succeeded().Json().GetProperty("built")[0].GetProperty("digest").GetString()!;

    private string Digest(string reference)
    {
        using var index = System.Text.Json.JsonDocument.Parse(product.Read(".graft/images/index.json"));
        return index.RootElement.GetProperty("manifests").EnumerateArray()
            .Single(manifest => manifest.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString() == reference)
            .GetProperty("digest").GetString()!;
    }
}
