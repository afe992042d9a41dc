using Graft.Core.Images;

namespace Graft.Core.Releases;

/// <summary>Holds a hotfix's manifest against its base: what is different has to be what its <c>hotfix</c> mapping says, and all of that.</summary>
public static class HotfixChanges
{
    /// <summary>What differs otherwise, each as <c>REFERENCE is gone</c> or <c>REFERENCE is new</c>; nothing when all is explained, or when it is no hotfix.</summary>
    public static IReadOnlyList<string> FindUnexplained(Manifest @base, Manifest hotfix)
    {
        if (hotfix.Hotfix is not { } record)
        {
            return [];
        }

        var changes = record.Built.Concat(record.Changed).ToList();
        var from = changes.Select(change => Of(change.Image, change.From)).ToHashSet();
        var to = changes.Select(change => Of(change.Image, change.To)).ToHashSet();
        var gone = @base.References.Except(hotfix.References).ToHashSet();
        var came = hotfix.References.Except(@base.References).ToHashSet();
        return
        [
            .. gone.Where(reference => !from.Contains(reference)).Select(reference => $"{reference} is gone"),
            .. came.Where(reference => !to.Contains(reference)).Select(reference => $"{reference} is new"),
            .. from.Where(reference => reference is null || !gone.Contains(reference)).Select(reference => $"{reference} is still there"),
            .. to.Where(reference => reference is null || !hotfix.References.Contains(reference)).Select(reference => $"{reference} is missing"),
        ];
    }

    // A version, or a whole reference where an image moved home; null for text that is neither.
    private static ImageReference? Of(string image, string version) =>
        ImageReference.TryParse(ImageVersion.TryParse(version, out _) ? $"{image}{(version.StartsWith('@') ? "" : ":")}{version}" : version, out var reference) ? reference : null;
}
