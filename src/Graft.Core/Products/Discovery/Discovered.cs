using Graft.Core.Releases;

namespace Graft.Core.Products.Discovery;

/// <summary>What is known of a repository before its graft.yaml is written.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Owner">The account that the remote belongs to, where its address says one.</param>
/// <param name="Paths">Every file of the tree, from the root with <c>/</c>.</param>
/// <param name="Files">The contents of those that <see cref="ProductDiscovery.FilesToRead"/> names; null where one could not be read.</param>
/// <param name="Entries">The entries of the newest release's manifest; empty where there is none.</param>
public sealed record DiscoveryFacts(
    string Product, string? Owner, IReadOnlyList<string> Paths, IReadOnlyDictionary<string, byte[]?> Files, IReadOnlyList<ManifestEntry> Entries);

/// <summary>An image that is built here, and what said so: a bake file or compose file with the line, or the Dockerfile itself.</summary>
public sealed record DiscoveredImage(ImageSource Source, string From);

/// <summary>The images that a repository builds, as far as its files say.</summary>
/// <param name="Images">The images, by Dockerfile and target.</param>
/// <param name="Definitions">The bake files and compose files that images were taken from.</param>
/// <param name="Guesses">What was decided without certainty, a sentence each.</param>
/// <param name="Problems">What could not be read or decided, a sentence each.</param>
/// <param name="LeftOut">Dockerfiles that no image is made of, with the reason.</param>
public sealed record Discovered(
    IReadOnlyList<DiscoveredImage> Images,
    IReadOnlyList<string> Definitions,
    IReadOnlyList<string> Guesses,
    IReadOnlyList<string> Problems,
    IReadOnlyList<KeyValuePair<string, string>> LeftOut);
