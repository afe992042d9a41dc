using System.Text.RegularExpressions;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Programs;

/// <summary>docker's buildx, 0.10 or newer with BuildKit 0.11: on a builder that can write OCI archives, which docker's default one cannot.</summary>
internal sealed partial class BuildxProgram(string? builder) : BuildProgram("buildx")
{
    /// <summary>Where the plugin is to be had.</summary>
    public const string Package = "Debian, Ubuntu: `apt install docker-buildx`; from docker's own packages: `docker-buildx-plugin`";

    private const string NoArchives = "docker's default builder cannot write OCI archives: make one with `docker buildx create --name graft`, and name it under `build.builder`; or use `with: docker`";

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

    public override async Task<string> DescribeAsync(AskBuilder ask)
    {
        var version = await ask("buildx", "version");
        if (!version.Succeeded)
        {
            throw GraftException.Outside("'docker' has no buildx here", $"install docker's plugin buildx ({Package}), or use `with: docker`, `with: buildah` or `with: podman`");
        }

        var instance = await ask(["buildx", "inspect", .. builder is null ? Array.Empty<string>() : [builder]]);
        var error = ErrorGrammar().Match(instance.Text);
        if (!instance.Succeeded || (error.Success && !instance.Text.Contains("Status:", StringComparison.Ordinal)))
        {
            throw GraftException.Outside(
                $"buildx cannot use {(builder is null ? "its default instance" : $"its instance '{builder}'")}: {(instance.Succeeded ? error.Groups["words"].Value.Trim() : instance.Words)}",
                $"`docker buildx ls` lists them, `docker buildx create --name {ShellWord.Quote(builder ?? "graft")}` makes one; `build.builder` names it");
        }

        var driver = DriverGrammar().Match(instance.Text).Groups["name"].Value;
        // Where docker keeps images in containerd, its own builder can.
        return driver == "docker" && !(await ask("info", "--format", "{{json .DriverStatus}}")).Text.Contains("io.containerd.snapshotter", StringComparison.Ordinal)
            ? throw GraftException.Outside("buildx has no instance here that graft can use", NoArchives)
            : $"buildx {version.Version}".TrimEnd() + (builder is null ? "" : $", instance '{builder}'") + (driver.Length == 0 ? "" : $" ({driver})");
    }

    public override string? HintFor(string line) =>
        line.Contains("exporter is not supported for the docker driver", StringComparison.OrdinalIgnoreCase)
            ? NoArchives
            : null;

    public override IReadOnlyList<string> Load(string archive) => throw new NotSupportedException();

    public override IReadOnlyList<string> Save(string image, string archive) => throw new NotSupportedException();

    public override IReadOnlyList<string> RemoveImages(IEnumerable<string> images) => throw new NotSupportedException();

    [GeneratedRegex(@"^Driver:\s*(?<name>\S+)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex DriverGrammar();

    [GeneratedRegex(@"^Error:\s*(?<words>.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ErrorGrammar();
}
