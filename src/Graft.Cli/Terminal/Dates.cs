using System.Globalization;

namespace Graft.Cli.Terminal;

/// <summary>Times as they are shown, always UTC.</summary>
internal static class Dates
{
    /// <summary><c>2025-11-23 04:46</c>, for people.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>2025-11-23T04:46:00+00:00</c>, for scripts.</summary>
    public static string Iso(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
