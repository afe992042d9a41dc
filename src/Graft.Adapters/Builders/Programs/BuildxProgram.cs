namespace Graft.Adapters.Builders.Programs;

/// <summary>docker's buildx, 0.10 or newer with BuildKit 0.11: on a builder that can write OCI archives, which docker's default one cannot.</summary>
internal sealed class BuildxProgram(string? builder) : BuildProgram("buildx")
{
    public override string Executable => "docker";

    public override bool HasStorage => false;

    public override IReadOnlyList<string> ListImages => throw new NotSupportedException();

    public override IReadOnlyList<string> Build(BuildCall call) =>
    [
        "buildx", "build",
        .. builder is null ? Array.Empty<string>() : ["--builder", builder],
        .. Common(call),
        .. TimeArg(call),
        .. ContextArgs(call),
        // An attestation says when and where it was built: with one, no two builds are the same.
        "--provenance=false", "--sbom=false",
        "--progress", "plain",
        .. call.Options,
        "--output", $"type=oci,{Field($"dest={call.Archive}")}",
        call.Context,
    ];

    public override IReadOnlyList<string> Probe => ["buildx", "version"];

    public override string? HintFor(string line) =>
        line.Contains("exporter is not supported for the docker driver", StringComparison.OrdinalIgnoreCase)
            ? "docker's default builder cannot write OCI archives: make one with `docker buildx create --name graft`, and name it under `build.builder`; or use `with: docker`"
            : null;

    public override IReadOnlyList<string> Load(string archive) => throw new NotSupportedException();

    public override IReadOnlyList<string> Save(string image, string archive) => throw new NotSupportedException();

    public override IReadOnlyList<string> RemoveImages(IEnumerable<string> images) => throw new NotSupportedException();
}
