using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Graft.Core.Failures;

namespace Graft.Core.Releases;

/// <summary>
/// A release's name: <c>MAJOR.MINOR.yyyyMMddHHmm</c> (UTC) or <c>pre-TICKET</c>. Names order by series as numbers, then by stamp;
/// <c>pre-</c> ones come last.
/// </summary>
public sealed record ReleaseName : IComparable<ReleaseName>
{
    private const string StampFormat = "yyyyMMddHHmm";
    private const string PreReleasePrefix = "pre-";
    private readonly string text;

    private ReleaseName(string text, ReleaseSeries? series, DateTimeOffset? stamp)
    {
        this.text = text;
        Series = series;
        Stamp = stamp;
    }

    /// <summary>The series, or null for a <c>pre-</c> name.</summary>
    public ReleaseSeries? Series { get; }

    /// <summary>The minute in the name (UTC), or null for a <c>pre-</c> name.</summary>
    public DateTimeOffset? Stamp { get; }

    /// <summary>Whether this is a <c>pre-TICKET</c> name, which is never a base unless it is named.</summary>
    public bool IsPreRelease => Series is null;

    /// <summary>Whether no other is later: the newest release of the newest series, as far as these go. A <c>pre-</c> name never is.</summary>
    public bool IsNewestOf(IEnumerable<ReleaseName> others) => !IsPreRelease && others.All(other => other.IsPreRelease || other <= this);

    /// <summary>The name of a release in this series, cut in this minute.</summary>
    public static ReleaseName Of(ReleaseSeries series, DateTimeOffset minute)
    {
        var utc = minute.ToUniversalTime();
        var stamp = new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, 0, TimeSpan.Zero);
        return new ReleaseName($"{series}.{stamp.ToString(StampFormat, CultureInfo.InvariantCulture)}", series, stamp);
    }

    /// <summary>Reads a name; an input failure when it is not one.</summary>
    public static ReleaseName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw GraftException.Input($"'{text}' is not a release name", "a release is named `MAJOR.MINOR.yyyyMMddHHmm` (UTC) or `pre-TICKET`");

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ReleaseName? name)
    {
        name = null;
        if (text is null || text.Length > 128)
        {
            return false;
        }

        if (text.StartsWith(PreReleasePrefix, StringComparison.Ordinal))
        {
            var ticket = text[PreReleasePrefix.Length..];
            // A file name, a git tag and an image tag are made of it, so it takes what all three allow.
            var valid = ticket.Length > 0 && ticket.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                && char.IsAsciiLetterOrDigit(ticket[0]) && !ticket.Contains("..", StringComparison.Ordinal) && ticket[^1] != '.'
                && !ticket.EndsWith(".lock", StringComparison.Ordinal);
            name = valid ? new ReleaseName(text, null, null) : null;
            return valid;
        }

        var dot = text.LastIndexOf('.');
        if (dot < 0 || ReleaseSeries.TryParse(text[..dot]) is not { } series
            || text.Length - dot - 1 != StampFormat.Length
            || !DateTimeOffset.TryParseExact(text.AsSpan(dot + 1), StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp))
        {
            return false;
        }

        name = new ReleaseName(text, series, stamp);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ReleaseName? other) => other switch
    {
        null => 1,
        _ when IsPreRelease != other.IsPreRelease => IsPreRelease ? 1 : -1,
        _ when IsPreRelease => string.CompareOrdinal(text, other.text),
        _ => (Series!.Value, Stamp!.Value).CompareTo((other.Series!.Value, other.Stamp!.Value)),
    };

    /// <inheritdoc/>
    public override string ToString() => text;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(ReleaseName left, ReleaseName right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(ReleaseName left, ReleaseName right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(ReleaseName left, ReleaseName right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(ReleaseName left, ReleaseName right) => left.CompareTo(right) >= 0;
}
