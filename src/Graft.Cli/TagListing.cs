namespace Graft.Cli;

/// <summary>The tags of an image; none, and the reason, where they cannot be listed.</summary>
internal sealed record TagListing(IReadOnlyList<string> Tags, string? Problem);
