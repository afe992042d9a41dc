using System.Globalization;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Programs;

/// <summary>buildah, 1.28 or newer.</summary>
internal class BuildahProgram(string name = "buildah") : BuildProgram(name)
{
    // It asks no registry here, and refuses to start when the file of log-ins that one of these leads to is not there.
    public override IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = null, ["REGISTRY_AUTH_FILE"] = null };

    public override IReadOnlyList<string> ListImages => ["images", "--noheading", "--format", "{{.Name}}:{{.Tag}}"];

    public override IReadOnlyList<string>? ListContainers => ["containers", "--noheading", "--notruncate", "--format", "{{.ContainerID}} {{.ImageName}}"];

    public override async Task<string> DescribeAsync(AskBuilder ask)
    {
        var version = await ask("--version");
        // Opens its storage, or asks the machine that it runs in: either may not be there.
        var info = await ask("info");
        return info.Succeeded
            ? $"{Name} {version.Version}".TrimEnd()
            : throw GraftException.Outside($"{Name} cannot build here: {info.Words}", $"see that `{Name} info` works");
    }

    public override IReadOnlyList<string> Build(BuildCall call) =>
    [
        "build",
        .. Common(call),
        .. call.AsksForTime ? TimeArg(call) : [],
        .. ContextArgs(call),
        "--ignorefile", call.IgnoreFile,
        "--timestamp", call.Time.ToString(CultureInfo.InvariantCulture),
        // OCI's format has no place for SHELL and HEALTHCHECK, which would be left out.
        "--format", "docker",
        // What is lent is all that may be used, and no layer is left behind. Not --force-rm: 1.28 forgets the container of a stage that is a FROM alone, and
        // then fails with it.
        "--pull=never", "--layers=false",
        .. call.Options,
        "--tag", call.Name,
        call.Context,
    ];

    public override IReadOnlyList<string> Load(string archive) => ["pull", "--quiet", $"oci-archive:{archive}"];

    public override IReadOnlyList<string> Save(string image, string archive) => ["push", "--quiet", image, $"docker-archive:{archive}:{image}"];

    public override IReadOnlyList<string> RemoveImages(IEnumerable<string> images) => ["rmi", .. images];

    public override IReadOnlyList<string> RemoveContainers(IEnumerable<string> containers) => ["rm", .. containers];
}
