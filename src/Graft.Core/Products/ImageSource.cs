using Graft.Core.Images;

namespace Graft.Core.Products;

/// <summary>
/// A Dockerfile (with a target) that builds an image. Paths are relative to the repository's root, with <c>/</c>; the root itself is <c>.</c>.
/// </summary>
/// <param name="Dockerfile">Path of the Dockerfile.</param>
/// <param name="Image">The image it builds.</param>
/// <param name="Key">The manifest mapping that the image is listed under.</param>
/// <param name="Context">Folder whose files the Dockerfile may copy.</param>
/// <param name="Target">The stage to build, or null for the last one.</param>
/// <param name="Platforms">Platforms to build for, or empty for those of the entry being replaced (else linux/amd64).</param>
/// <param name="Args">Build arguments.</param>
/// <param name="Contexts">Named build contexts: an image of the product, a folder, or <c>docker-image://…</c>.</param>
/// <param name="Inputs">Globs of files outside the context that also reach the image.</param>
/// <param name="Prepare">A command and its arguments, run in the clean checkout before the build; placeholders are filled. Empty for none.</param>
/// <param name="Secrets">Secrets of the build: id -> the name of an environment variable, or a path.</param>
public sealed record ImageSource(
    string Dockerfile,
    ImageName Image,
    string Key,
    string Context,
    string? Target,
    IReadOnlyList<Platform> Platforms,
    IReadOnlyDictionary<string, string> Args,
    IReadOnlyDictionary<string, string> Contexts,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Prepare,
    IReadOnlyDictionary<string, string> Secrets);
