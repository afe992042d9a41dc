namespace Graft.Core.Products.Discovery;

/// <summary>What graft.yaml says besides the images; a value that is the default is written as a comment.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Main">The branch where fixes also go.</param>
/// <param name="Remote">The git remote.</param>
/// <param name="GitHub"><c>OWNER/REPO</c> when the remote is on GitHub, or null.</param>
/// <param name="HasVersionFile">Whether <c>.version.yml</c> is there.</param>
public sealed record ProductFileFacts(string Product, string Main, string Remote, string? GitHub, bool HasVersionFile);
