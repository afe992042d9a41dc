namespace Graft.Core.Products.Discovery;

/// <summary>One item of <c>images</c> that is about to be written, with what it stands for.</summary>
internal sealed record RuleDraft(string Dockerfiles, string? Name, string Context, IReadOnlyList<DiscoveredImage> Images)
{
    public IReadOnlyList<string> Except { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Targets { get; init; } = [];

    /// <summary>Everything that the images of one rule share.</summary>
    public ImageSource Shared => Images[0].Source;
}
