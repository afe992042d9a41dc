namespace Graft.EndToEnd.Tests.Copying;

/// <summary>Which builder is compared with: buildah, or the <c>docker-buildx</c> that GRAFT_BUILDX names.</summary>
internal static class Reference
{
    private static string? Buildx => Environment.GetEnvironmentVariable("GRAFT_BUILDX") is { Length: > 0 } buildx ? buildx : null;

    public static bool IsBuildKit => Buildx is not null;

    /// <summary>Skips the test, visibly, where buildah is not installed.</summary>
    public static async Task NeedAsync() => await Tool.RunAsync(Buildx ?? "buildah", IsBuildKit ? "version" : "--version");

    public static IReferenceBuilder Open() => Buildx is { } buildx ? new BuildKit(buildx) : new BuildahStore();
}
