using Graft.Testing;

namespace Graft.EndToEnd.Tests.Builders;

/// <summary>buildah, or podman, which shares its storage and its build.</summary>
public abstract class BuildahBuilder : RealBuilder
{
    private readonly TemporaryFolder folder = new();

    protected BuildahBuilder(string name)
    {
        Name = name;
        var storage = folder.Write("storage.conf", $"[storage]\ndriver = \"vfs\"\ngraphroot = \"{folder.At("root")}\"\nrunroot = \"{folder.At("run")}\"\n");
        Variables = new Dictionary<string, string?> { ["CONTAINERS_STORAGE_CONF"] = storage, ["BUILDAH_ISOLATION"] = "chroot" };
    }

    public override string Name { get; }

    public override IReadOnlyDictionary<string, string?> Variables { get; }

    protected override IReadOnlyList<IReadOnlyList<string>> Listings => Name == "podman"
        ? [["images", "--all", "--noheading"], ["ps", "--all", "--external", "--noheading"]]
        : [["images", "--all", "--noheading"], ["containers", "--all", "--noheading"]];

    public override void Require() => RequireProgram(Name);

    public override void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>buildah.</summary>
public sealed class Buildah() : BuildahBuilder("buildah");

/// <summary>podman.</summary>
public sealed class Podman() : BuildahBuilder("podman");
