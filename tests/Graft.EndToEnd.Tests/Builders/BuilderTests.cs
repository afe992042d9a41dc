using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.EndToEnd.Tests.Builders;

/// <summary>Hotfixes whose images need a real builder, from the command line to the image store.</summary>
public abstract class BuilderTests(RealBuilder builder) : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;
    private const string Token = "open-sesame-0451";
    private RunProduct product = null!;

    public async ValueTask InitializeAsync()
    {
        builder.Require();
        product = await RunProduct.CreateAsync(builder);
    }

    public ValueTask DisposeAsync()
    {
        product?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [SlowFact]
    public async Task Builds_an_image_from_another_one_of_the_same_run()
    {
        var result = Generate("--build", "acme/base", "acme/api", "--set", "bitnami/redis=7.2.5", "--json").Succeeded();

        var document = result.Json();
        var name = document.GetProperty("release").GetString();
        var api = Reference(document, "acme/api");
        var built = Reference(document, "acme/base");
        Assert.Equal(await product.DigestAsync(api.Reference), api.Digest);
        Assert.Equal(await product.DigestAsync(built.Reference), built.Digest);
        // The lock says what each FROM was, which is what was built.
        var locked = product.Product.Read($"releases/{name}.lock.json");
        Assert.Contains($"\"acme/base:whatever\": \"{built.Digest}\"", locked, StringComparison.Ordinal);
        Assert.Contains($"\"busybox:1.35\": \"{await product.DigestAsync("busybox:1.35")}\"", locked, StringComparison.Ordinal);
        Assert.Equal("world, wide\n", await product.UnpackAsync(api.Reference, "app/greeting"));
        Assert.Equal("made\n", await product.UnpackAsync(api.Reference, "made"));
        Assert.Equal("timeout = 3600\n", await product.UnpackAsync(api.Reference, "app/session.conf"));
        Assert.Equal("kept", await product.UnpackAsync(api.Reference, "app/kept.log"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => product.UnpackAsync(api.Reference, "app/a.log"));

        var config = await product.ConfigAsync(api.Reference);
        Assert.Equal("1000", config.GetProperty("config").GetProperty("User").GetString());
        Assert.Contains("/app/box true", config.GetProperty("config").GetProperty("Healthcheck").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("graft-run", config.ToString(), StringComparison.Ordinal);
        // The layers of the base are those that the base has.
        var layers = await LayersAsync(built.Reference);
        Assert.Equal(layers, (await LayersAsync(api.Reference)).Take(layers.Count));

        // The secret was there, and stays nowhere.
        var log = product.Product.Read($".graft/runs/{name}/logs/acme/api.log");
        Assert.Contains("hello world, wide, the token is ***", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, log + result.Error + config, StringComparison.Ordinal);
        Assert.Equal("", await builder.ListAsync());
    }

    [Fact]
    public async Task Pushes_to_a_registry_that_asks_for_a_login()
    {
        Assert.SkipUnless(LocalRegistry.IsInstalled, LocalRegistry.Missing);
        using var registry = new LocalRegistry(login: RunProduct.Login);
        using var remote = await RunProduct.CreateAsync(builder, registry);
        var redis = $"{registry.Host}/tools/redis";

        var cut = remote.Graft().Run("hotfix", "generate", "--json", "--release", Release, "--build", "acme/base", "acme/api", "--set", $"{redis}=7.2.5", "--verbose").Succeeded();

        var document = cut.Json();
        foreach (var (reference, digest) in new[] { Reference(document, "acme/base"), Reference(document, "acme/api") })
        {
            await remote.FetchAsync($"team/{reference}");
            Assert.Equal(digest, await remote.DigestAsync($"team/{reference}"));
        }

        Assert.Equal("world, wide\n", await remote.UnpackAsync("team/" + Reference(document, "acme/api").Reference, "app/greeting"));
        await remote.FetchAsync("library/busybox:1.35");
        var small = await remote.DigestAsync("library/busybox:1.35");
        Assert.Equal(small, document.GetProperty("changed")[0].GetProperty("digest").GetString());
        var name = document.GetProperty("release").GetString()!;
        Assert.Contains($"\"{registry.Host}/library/busybox:1.35\": \"{small}\"", remote.Product.Read($"releases/{name}.lock.json"), StringComparison.Ordinal);
        remote.Graft().Run("release", "verify", name).Succeeded();
        Assert.DoesNotContain("s3cret", cut.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(remote.Product.At(".graft/runs"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("s3cret", StringComparison.Ordinal));
        Assert.Equal("", await builder.ListAsync());
    }

    [SlowFact]
    public async Task Builds_a_target_for_each_platform()
    {
        product.ListTool();
        var document = Generate("--build", "acme/tool", "--json", "--allow", "platform-lost").Succeeded().Json();

        var tool = Reference(document, "acme/tool").Reference;
        var index = await Tool.RunAsync("skopeo", "inspect", "--raw", $"oci:{product.Product.At(".graft/images")}:{tool}");
        var arm = await Tool.RunAsync("skopeo", "--override-arch", "arm64", "inspect", $"oci:{product.Product.At(".graft/images")}:{tool}");
        Assert.Contains("\"amd64\"", index, StringComparison.Ordinal);
        Assert.Contains("\"arm64\"", index, StringComparison.Ordinal);
        Assert.Contains("\"arch\": \"arm64\"", arm, StringComparison.Ordinal);
        Assert.Equal("", await builder.ListAsync());
    }

    [Fact]
    public async Task Shows_why_a_build_failed_stops_when_asked_and_goes_on()
    {
        product.SetGate(0);
        var failed = Generate("--build", "acme/base", "acme/api");

        Assert.Equal(5, failed.ExitCode);
        Assert.Matches("(?m)^build acme/api: .*the gate is shut", failed.Error);
        Assert.Contains($"error: {builder.Name} failed to build 'acme/api' with exit code", failed.Error, StringComparison.Ordinal);
        Assert.Contains("logs/acme/api.log'; then carry on with `graft hotfix resume ", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, failed.Error, StringComparison.Ordinal);
        Assert.Equal("", await builder.ListAsync());

        product.SetGate(2);
        using (var running = product.Graft().Start("hotfix", "resume"))
        {
            running.WaitForError("holding\n");
            using var sleeping = await product.FindSleepingAsync(TestContext.Current.CancellationToken);
            running.Signal("INT");
            Assert.Equal(130, running.WaitForExit().ExitCode);
            // docker's daemon hears of it when its client is gone.
            await sleeping.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("", await builder.ListAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(product.Product.At(".graft/runs"), "*acme%2Fapi*", SearchOption.AllDirectories));

        product.SetGate(1);
        product.Graft().Run("hotfix", "resume").Succeeded();
        Assert.Contains(product.Product.ImageTags, tag => tag.StartsWith("acme/api:", StringComparison.Ordinal));
        Assert.Equal("", await builder.ListAsync());
    }

    [SlowFact]
    public async Task Abandoning_a_run_that_was_killed_leaves_what_is_not_its_own()
    {
        var mine = await KeepOneAsync();
        product.SetGate(2);
        using (var running = product.Graft().Start("hotfix", "generate", "--release", Release, "--build", "acme/base", "acme/api", "--offline", "--allow", "affected-not-built"))
        {
            running.WaitForError("holding\n");
            running.Signal("KILL");
            running.WaitForExit();
        }

        product.SetGate(0);
        await StopStrayAsync();
        var name = product.Product.Run("hotfix runs --json").Json()[0].GetProperty("name").GetString()!;
        Assert.Contains("localhost/graft-run/", await builder.RunAsync(["images"]), StringComparison.Ordinal);

        var abandoned = product.Graft().Run("hotfix", "abandon", name, "--yes").Succeeded();

        Assert.DoesNotContain("left", abandoned.Error, StringComparison.Ordinal);
        var images = await builder.RunAsync(["images"]);
        Assert.DoesNotContain("localhost/graft-run/", images, StringComparison.Ordinal);
        Assert.Contains(mine, images, StringComparison.Ordinal);
        // Of a build that was killed, podman shows the container under the other name of its image, so that Graft leaves it.
        await builder.RunAsync(["rmi", "--force", mine + ":1"]);
    }

    /// <summary>Ends what a builder goes on with when nobody waits for it any more.</summary>
    protected abstract Task StopStrayAsync();

    // An image of the user's own, that has the very content of a base of the build.
    private async Task<string> KeepOneAsync()
    {
        var archive = product.Product.Repository.Beside("mine.tar");
        await Tool.RunAsync("skopeo", "copy", $"oci:{product.Product.At(".graft/images")}:busybox:1.35", $"docker-archive:{archive}:localhost/mine:1");
        await builder.RunAsync(builder.Name == "buildah" ? ["pull", $"docker-archive:{archive}"] : ["load", "--input", archive]);
        return "localhost/mine";
    }

    /// <summary>Builds an image twice, as two hotfixes; the two digests.</summary>
    protected (string First, string Second) BuildTwice(params string[] images)
    {
        product.ListTool();
        var digests = new[] { "3.2.203001010000", "3.2.203001010001" }.Select(name =>
        {
            var document = Generate(["--build", .. images, "--json", "--name", name, "--allow", "platform-lost"]).Succeeded().Json();
            return string.Join(' ', images.Select(image => Reference(document, image).Digest));
        }).ToList();
        return (digests[0], digests[1]);
    }

    private GraftResult Generate(params string[] more) =>
        product.Graft().Run(["hotfix", "generate", "--release", Release, "--offline", "--allow", "affected-not-built", .. more]);

    private static (string Reference, string Digest) Reference(System.Text.Json.JsonElement document, string image)
    {
        var built = document.GetProperty("built").EnumerateArray().Single(built => built.GetProperty("image").GetString() == image);
        return ($"{image}:{built.GetProperty("to").GetString()}", built.GetProperty("digest").GetString()!);
    }

    private async Task<IReadOnlyList<string>> LayersAsync(string reference)
    {
        using var manifest = System.Text.Json.JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--raw", $"oci:{product.Product.At(".graft/images")}:{reference}"));
        return [.. manifest.RootElement.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("digest").GetString()!)];
    }
}
