using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Programs;

/// <summary>docker, 20.10 or newer, with the BuildKit that is in its daemon.</summary>
internal sealed class DockerProgram() : BuildProgram("docker")
{
    private const int FirstWithPlugin = 23;
    private const string BuildxMissing = $"from version 23 on, docker builds with its plugin buildx: install that ({BuildxProgram.Package}), or use `with: buildah` or `with: podman`";

    public override IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["DOCKER_BUILDKIT"] = "1",
        // From 23 on `docker build` is buildx, and unless this names a builder it is the daemon's own, which leaves the image where `docker save` finds it.
        ["BUILDX_BUILDER"] = null,
        ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1",
        // Bases are lent under names of this machine, which nobody has signed.
        ["DOCKER_CONTENT_TRUST"] = null,
        ["DOCKER_CLI_HINTS"] = "false",
    };

    public override bool TakesFolderContexts => false;

    public override IReadOnlyList<string> Lacks => ["named contexts that are folders"];

    public override IReadOnlyList<string> ListImages => ["images", "--format", "{{.Repository}}:{{.Tag}}"];

    public override async Task<string> DescribeAsync(AskBuilder ask)
    {
        var docker = await ask("version", "--format", "{{.Client.Version}} {{.Server.Version}}");
        if (!docker.Succeeded)
        {
            throw GraftException.Outside(
                $"docker does not reach its daemon: {docker.Words}",
                docker.Words.Contains("permission denied", StringComparison.OrdinalIgnoreCase)
                    ? "`sudo usermod -aG docker $USER`, and log in anew"
                    : "start it (`sudo systemctl start docker`), or choose another with `docker context use NAME`");
        }

        var plugin = docker.MajorVersion >= FirstWithPlugin ? await ask("buildx", "version") : null;
        return plugin is { Succeeded: false }
            ? throw GraftException.Outside($"docker {docker.Version} builds with its plugin buildx, which it has not here", BuildxMissing)
            : $"docker {docker.Version}".TrimEnd() + (plugin is null ? "" : $" with buildx {plugin.Version}");
    }

    public override IReadOnlyList<string> Build(BuildCall call) =>
        ["build", .. Common(call), .. TimeArg(call), "--progress", "plain", .. call.Options, "--tag", call.Name, call.Context];

    public override IReadOnlyList<string> Load(string archive) => ["load", "--quiet", "--input", archive];

    public override IReadOnlyList<string> Save(string image, string archive) => ["save", "--output", archive, image];

    public override IReadOnlyList<string> RemoveImages(IEnumerable<string> images) => ["rmi", "--no-prune", .. images];

    public override string? HintFor(string line) =>
        line.Contains("buildx component is missing", StringComparison.OrdinalIgnoreCase)
            ? BuildxMissing
            : null;
}
