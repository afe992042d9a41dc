using System.Text.Json.Serialization;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>What the user decided: at the prompt, by options, or in a plan.</summary>
public sealed record HotfixRequest
{
    /// <summary>The images to build.</summary>
    public IReadOnlyList<EntryChoice> Build { get; init; } = [];

    /// <summary>The images that change version without being built.</summary>
    public IReadOnlyList<VersionChange> Changes { get; init; } = [];

    /// <summary>Names of guards that may fire without refusing.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The hotfix's name, or null to take the present minute (or the next free one).</summary>
    public ReleaseName? Name { get; init; }

    /// <summary>
    /// Whether the name comes from a plan that was made before: an image, a draft or a file of that name may be what an earlier attempt left. Whatever writes them
    /// looks first, and refuses one with other content.
    /// </summary>
    [JsonIgnore]
    public bool IsReplay { get; init; }

    /// <summary>Notes of the draft, as Markdown, or null for those that Graft writes.</summary>
    public string? Notes { get; init; }

    /// <summary>Whether no registry is to be asked.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether a draft is made on the publisher.</summary>
    public bool Draft { get; init; } = true;
}
