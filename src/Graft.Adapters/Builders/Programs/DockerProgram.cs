namespace Graft.Adapters.Builders.Programs;

/// <summary>docker, 20.10 or newer, with the BuildKit that is in its daemon.</summary>
internal sealed class DockerProgram() : BuildProgram("docker")
{
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

    public override IReadOnlyList<string> ListImages => ["images", "--format", "{{.Repository}}:{{.Tag}}"];

    public override IReadOnlyList<string> Build(BuildCall call) =>
        ["build", .. Common(call), .. TimeArg(call), "--progress", "plain", .. call.Options, "--tag", call.Name, call.Context];

    public override IReadOnlyList<string> Load(string archive) => ["load", "--quiet", "--input", archive];

    public override IReadOnlyList<string> Save(string image, string archive) => ["save", "--output", archive, image];

    public override IReadOnlyList<string> RemoveImages(IEnumerable<string> images) => ["rmi", "--no-prune", .. images];

    public override string? HintFor(string line) =>
        line.Contains("buildx component is missing", StringComparison.OrdinalIgnoreCase)
            ? "from version 23 on, docker builds with its plugin buildx: install that, or use `with: buildah` or `with: podman`"
            : null;
}
