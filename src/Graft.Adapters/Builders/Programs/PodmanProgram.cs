namespace Graft.Adapters.Builders.Programs;

/// <summary>podman, whose <c>build</c> is buildah's.</summary>
internal sealed class PodmanProgram() : BuildahProgram("podman")
{
    public override IReadOnlyList<string> ListImages => ["images", "--noheading", "--format", "{{.Repository}}:{{.Tag}}"];

    public override IReadOnlyList<string>? ListContainers => ["ps", "--all", "--external", "--noheading", "--no-trunc", "--format", "{{.ID}} {{.Image}}"];

    // `pull` and `push` reach files only where podman runs on this machine; these do on a remote one too.
    public override IReadOnlyList<string> Load(string archive) => ["load", "--quiet", "--input", archive];

    public override IReadOnlyList<string> Save(string image, string archive) => ["save", "--quiet", "--format", "docker-archive", "--output", archive, image];

    public override IReadOnlyList<string> RemoveContainers(IEnumerable<string> containers) => ["rm", "--force", .. containers];
}
