namespace Graft.Core.Affected;

/// <summary>The options of <c>RUN --mount</c> that say what is mounted. <c>Source</c> is null for the whole of it; a text that cannot be read is a whole bind mount.</summary>
internal sealed record MountOptions(string Type, string? From, string? Source)
{
    /// <summary>Whether files of a build context or an image can be seen through it.</summary>
    public bool ShowsFiles => Type is not ("tmpfs" or "secret" or "ssh") && (Type != "cache" || From is not null);

    public static MountOptions Parse(string text)
    {
        var type = "bind";
        string? from = null, source = null;
        // One with quotes is a CSV record, in which a comma may stand within a value.
        var readable = !text.Contains('"', StringComparison.Ordinal);
        foreach (var part in text.Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : part[(equals + 1)..];
            switch (part[..Math.Max(0, equals)].ToLowerInvariant())
            {
                case "type":
                    type = value.ToLowerInvariant();
                    break;
                case "from":
                    from = value.Length > 0 ? value : null;
                    break;
                case "source" or "src":
                    source = value;
                    break;
                default:
                    break;
            }
        }

        return new MountOptions(type, from, readable ? source : null);
    }
}
