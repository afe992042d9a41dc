namespace Graft.Core.Bake;

/// <summary>The image name within a tag that a bake file or a compose file gives, which may have parts that only the build knows.</summary>
internal static class TagName
{
    /// <summary>What stands behind the name, without the colon and with gaps; empty where nothing does.</summary>
    public static string TagOf(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var reference = at < 0 ? text : text[..at];
        var colon = reference.LastIndexOf(':');
        return colon > reference.LastIndexOf('/') ? reference[(colon + 1)..] : "";
    }

    /// <summary>
    /// The name without tag and digest; null when what is left is no name. A first segment that is empty or not known (an unset <c>${REGISTRY}</c>) is left out;
    /// docker.io is, too, as it means nothing.
    /// </summary>
    public static string? Of(string tag)
    {
        var at = tag.IndexOf('@', StringComparison.Ordinal);
        var text = at < 0 ? tag : tag[..at];
        var colon = text.LastIndexOf(':');
        text = colon > text.LastIndexOf('/') ? text[..colon] : text;
        var segments = text.Split('/').ToList();
        while (segments.Count > 1 && (segments[0].Length == 0 || segments[0].All(c => c == BakeValue.Gap) || segments[0] is "docker.io" or "index.docker.io"))
        {
            segments.RemoveAt(0);
        }

        var name = string.Join('/', segments);
        return Images.ImageName.TryParse(name, out _) ? name : null;
    }
}
