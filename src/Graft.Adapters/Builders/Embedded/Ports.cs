using System.Globalization;
using Graft.Core.Dockerfiles;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>The ports of EXPOSE: <c>80</c>, <c>53/udp</c>, <c>8000-8010/tcp</c>.</summary>
internal static class Ports
{
    /// <summary>Each port with its protocol; what is no port is an input failure at the instruction.</summary>
    public static IEnumerable<string> Parse(string text, Instruction instruction)
    {
        var parts = text.Split('/');
        var protocol = parts.Length == 1 ? "tcp" : parts[1].ToLowerInvariant();
        var range = parts[0].Split('-');
        if (parts.Length > 2 || range.Length > 2 || protocol is not ("tcp" or "udp" or "sctp")
            || !ushort.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !ushort.TryParse(range[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first)
        {
            throw instruction.Location.Error($"'{text}' is not a port", "a port is `80`, `53/udp` or `8000-8010`");
        }

        return Enumerable.Range(first, last - first + 1).Select(port => $"{port}/{protocol}");
    }
}
