using System.Globalization;
using System.Text.RegularExpressions;

namespace Graft.Core.Releases;

/// <summary>
/// The forms of <c>released_at</c>: YAML 1.1's timestamps, which cover RFC 3339, what Python's yaml writes (a blank for the T) and a
/// mere date. No zone means UTC.
/// </summary>
internal static partial class ManifestTimestamp
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:sszzz";

    public static string Write(DateTimeOffset time) => time.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset? TryParse(string text)
    {
        var match = text.Length <= 64 ? Grammar().Match(text) : Match.Empty;
        if (!match.Success)
        {
            return null;
        }

        var groups = match.Groups;
        var fraction = groups["fraction"].Value;
        var normal = $"{Two(groups, "year")}-{Two(groups, "month")}-{Two(groups, "day")}T{Two(groups, "hour")}:{Two(groups, "minute")}:{Two(groups, "second")}"
            + $".{fraction[..Math.Min(7, fraction.Length)].PadRight(7, '0')}{Zone(groups)}";
        return DateTimeOffset.TryParseExact(normal, "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    private static string Two(GroupCollection groups, string name) => groups[name].Value.PadLeft(2, '0');

    private static string Zone(GroupCollection groups) =>
        groups["sign"].Success ? $"{groups["sign"].Value}{Two(groups, "zoneHour")}:{Two(groups, "zoneMinute")}" : "+00:00";

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:(?:[Tt]|[ \t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]*))?)?(?:[ \t]*(?:[Zz]|(?<sign>[-+])(?<zoneHour>[0-9]{1,2})(?::?(?<zoneMinute>[0-9]{2}))?))?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
