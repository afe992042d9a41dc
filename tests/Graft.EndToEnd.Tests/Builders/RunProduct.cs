using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Graft.Adapters.Layout;
using Graft.Core.Images;
using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.EndToEnd.Tests.Builders;

/// <summary>
/// The sample product with a hotfix that needs a builder: <c>acme/base</c> runs a program of a small image that others make, <c>acme/api</c> stands on
/// <c>acme/base</c> and reads a secret, <c>acme/tool</c> is one target of two, for two platforms. Its images are in a layout, or in a registry that asks for
/// a log-in.
/// </summary>
internal sealed class RunProduct : IDisposable
{
    private const string Busybox = "/bin/busybox";

    /// <summary>What the registry wants, in whose configuration it stands.</summary>
    public const string Login = "ada:s3cret-word";

    private readonly RealBuilder builder;
    private readonly LocalRegistry? registry;
    private readonly string sleep = $"{Random.Shared.Next(1_000_000, 2_000_000)}";
    private readonly SampleProduct product;

    private RunProduct(RealBuilder builder, LocalRegistry? registry)
    {
        this.builder = builder;
        this.registry = registry;
        product = new SampleProduct();
        if (registry is not null)
        {
            product.WriteManifest(SampleProduct.Release, ManifestOf(registry));
            product.Repository.Write("../docker/config.json", $$"""{ "auths": { "{{registry.Host}}": { "auth": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Login))}}" } } }""");
        }

        product.PutOnPublisher(SampleProduct.Release, product.Released);
        product.Repository.Commit(
            "Build with a program",
            ("graft.yaml", Configuration),
            ("src/base/Dockerfile", $"ARG FROM={Small}\nFROM ${{FROM}}:1.35\nRUN echo made > /made && echo \"base is made\"\nCOPY etc/ /etc/\n"),
            ("src/api/Dockerfile", ApiDockerfile),
            ("src/api/.dockerignore", "**/*.log\n!app/kept.log\n"),
            ("src/api/app/a.log", "ignored"),
            ("src/api/app/kept.log", "kept"),
            ("src/tool/Dockerfile", "FROM scratch AS files\nCOPY tool /tool\nFROM files AS tool\nARG TARGETARCH\nLABEL arch=$TARGETARCH\nFROM files AS other\nCOPY missing /\n"),
            ("src/tool/tool", "tool"));
        product.Repository.Push();
    }

    public SampleProduct Product => product;

    // The small image, as Dockerfiles name it.
    private string Small => registry is null ? "busybox" : $"{registry.Host}/library/busybox";

    private string ApiDockerfile => $$"""
        FROM acme/base:whatever AS base

        FROM base
        ARG GREETING=nobody
        COPY app/ /app/
        COPY --from={{Small}}:1.35 \
            /bin/busybox /app/box
        RUN --mount=type=secret,id=token --mount=type=secret,id=gate \
            echo "hello $GREETING, the token is $(/bin/busybox cat /run/secrets/token)"; \
            if [ "$(/bin/busybox cat /run/secrets/gate)" = 2 ]; then echo holding; /bin/busybox sleep {{sleep}}; fi; \
            if [ "$(/bin/busybox cat /run/secrets/gate)" != 1 ]; then echo the gate is shut; exit 7; fi; \
            echo "$GREETING" > /app/greeting
        HEALTHCHECK CMD /app/box true
        USER 1000

        """;

    private string Configuration => $$"""
        schema: 1
        product: acme
        registry: {{(registry is null ? "layout:.graft/images" : $"{registry.Host}/team")}}
        build: { with: {{builder.Name}}, options: {{builder.Options}} }
        images:
          - dockerfiles: src/*/Dockerfile
            except: [src/api/Dockerfile, src/tool/Dockerfile]
            name: acme/{name}
          - dockerfiles: src/api/Dockerfile
            name: acme/api
            args: { GREETING: "world, wide" }
            secrets: { token: ACME_TOKEN, gate: ../gate }
          - dockerfiles: src/tool/Dockerfile
            targets: { tool: acme/tool }
            platforms: [linux/amd64, linux/arm64]

        """;

    /// <summary>Makes it, with the small image in its layout.</summary>
    public static async Task<RunProduct> CreateAsync(RealBuilder builder, LocalRegistry? registry = null)
    {
        if (!File.Exists(Busybox))
        {
            Assert.Skip("busybox-static is not installed");
        }

        var made = new RunProduct(builder, registry);
        using var bench = new ImageWorkbench();
        File.Copy(Busybox, Path.Combine(bench.Checkout, "busybox"));
        var image = await bench.BuildTextAsync("FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\n");
        await new LayoutStore(made.product.At(".graft/images")).PushAsync(ImageReference.Parse("busybox:1.35"), image, CancellationToken.None);
        made.SetGate(1);
        foreach (var there in registry is null ? [] : new[] { "library/busybox:1.35", $"team/acme/api:{SampleProduct.Release}-old", $"team/acme/base:{SampleProduct.Release}-old", "tools/redis:7.2.4", "tools/redis:7.2.5" })
        {
            await made.SkopeoAsync("copy", "--dest-tls-verify=false", $"oci:{made.product.At(".graft/images")}:busybox:1.35", $"docker://{registry!.Host}/{there}");
        }

        return made;
    }

    /// <summary>Sets the secret <c>gate</c>: at 1 the build of <c>acme/api</c> goes through, at 2 it says <c>holding</c> and waits, at anything else it fails.</summary>
    public void SetGate(int gate) => File.WriteAllText(product.At("../gate"), $"{gate}");

    /// <summary>The process that a build waits for while it holds. It starts a moment after the build has said so.</summary>
    public async Task<Process> FindSleepingAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var found = Process.GetProcesses().Where(process => ProcessFiles.Read(process.Id, "cmdline").EndsWith($"\0{sleep}\0", StringComparison.Ordinal)).ToList();
            if (found.Count > 0)
            {
                return Assert.Single(found);
            }

            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Gives <c>acme/tool</c> an entry in the release.</summary>
    public void ListTool() => product.WriteManifest(
        SampleProduct.Release,
        product.ReadManifest(SampleProduct.Release).Replace("  acme/web:", $"  acme/tool: {SampleProduct.Release}-00000000\n  acme/web:", StringComparison.Ordinal));

    /// <summary>Graft, with the builder in its environment.</summary>
    public GraftRun Graft() =>
        product.Graft with
        {
            Variables = new Dictionary<string, string?>(builder.Variables) { ["ACME_TOKEN"] = "open-sesame-0451", ["DOCKER_CONFIG"] = product.Repository.Beside("docker") },
        };

    /// <summary>Copies an image of the registry into the layout, under the same name.</summary>
    public async Task FetchAsync(string reference) =>
        await SkopeoAsync("copy", "--preserve-digests", "--src-tls-verify=false", $"docker://{registry!.Host}/{reference}", $"oci:{product.At(".graft/images")}:{reference}");

    /// <summary>The digest of a reference in the layout, as skopeo reads it.</summary>
    public async Task<string> DigestAsync(string reference) =>
        (await Tool.RunAsync("skopeo", "inspect", "--format", "{{.Digest}}", $"oci:{product.At(".graft/images")}:{reference}")).Trim();

    /// <summary>The configuration of a reference, as skopeo reads it.</summary>
    public async Task<JsonElement> ConfigAsync(string reference)
    {
        using var config = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--config", "--raw", $"oci:{product.At(".graft/images")}:{reference}"));
        return config.RootElement.Clone();
    }

    /// <summary>A file of an image, read by umoci.</summary>
    public async Task<string> UnpackAsync(string reference, string file)
    {
        var bundle = product.Repository.Beside($"bundle-{Guid.NewGuid():N}");
        await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{product.At(".graft/images")}:{reference}", bundle);
        return await File.ReadAllTextAsync(Path.Combine(bundle, "rootfs", file));
    }

    // The manifest of a product whose registry can be asked for all that is in it.
    private string ManifestOf(LocalRegistry registry) => $"""
        name: {SampleProduct.Release}
        commit: {product.Released}
        released_at: 2025-11-23T04:46:00+00:00
        images:
          acme/api: {SampleProduct.Release}-old
          acme/base: {SampleProduct.Release}-old
        core_images:
          - {registry.Host}/tools/redis:7.2.4

        """;

    private Task<string> SkopeoAsync(string verb, params string[] more) =>
        Tool.RunAsync("skopeo", [verb, "--authfile", product.Repository.Beside("docker/config.json"), .. more]);

    public void Dispose() => product.Dispose();
}
