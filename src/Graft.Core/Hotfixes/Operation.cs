using System.Text.Json.Serialization;

namespace Graft.Core.Hotfixes;

/// <summary>
/// One thing that a run does. Carrying it out twice is the same as once: each looks at the world first. <c>Id</c> names it in the
/// journal; <c>After</c> lists the operations that must be done before it.
/// </summary>
[JsonDerivedType(typeof(ReserveName), "reserve")]
[JsonDerivedType(typeof(BuildImage), "build")]
[JsonDerivedType(typeof(PushImage), "push")]
[JsonDerivedType(typeof(WriteManifest), "manifest")]
[JsonDerivedType(typeof(WriteLock), "lock")]
[JsonDerivedType(typeof(CreateDraft), "draft")]
[JsonDerivedType(typeof(FreeName), "free")]
public abstract record Operation(string Id, IReadOnlyList<string> After);

/// <summary>Holds the hotfix's name on the remote, so that nobody else takes it in the meantime.</summary>
public sealed record ReserveName(string Name, IReadOnlyList<string> After) : Operation($"reserve {Name}", After);

/// <summary>Builds an image into the run's folder.</summary>
public sealed record BuildImage(string Image, IReadOnlyList<string> After) : Operation(IdOf(Image), After)
{
    /// <summary>The id of the build of this image.</summary>
    public static string IdOf(string image) => $"build {image}";
}

/// <summary>Copies a built image into the image store and gives it its tag.</summary>
public sealed record PushImage(string Image, IReadOnlyList<string> After) : Operation(IdOf(Image), After)
{
    /// <summary>The id of the push of this image.</summary>
    public static string IdOf(string image) => $"push {image}";
}

/// <summary>Writes the lock beside the manifest.</summary>
public sealed record WriteLock(string Path, IReadOnlyList<string> After) : Operation($"write {Path}", After);

/// <summary>Writes the new manifest.</summary>
public sealed record WriteManifest(string Path, IReadOnlyList<string> After) : Operation($"write {Path}", After);

/// <summary>Puts the release up as a draft.</summary>
public sealed record CreateDraft(string Tag, IReadOnlyList<string> After) : Operation($"draft {Tag}", After);

/// <summary>Lets go of the name on the remote: the draft, or the manifest, has it now.</summary>
public sealed record FreeName(string Name, IReadOnlyList<string> After) : Operation($"free {Name}", After);
