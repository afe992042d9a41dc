namespace Graft.Core.Releases;

/// <summary>The <c>MAJOR.MINOR</c> that releases share; ordered as two numbers (3.9 &lt; 3.10).</summary>
public readonly record struct ReleaseSeries(int Major, int Minor) : IComparable<ReleaseSeries>
{
    /// <inheritdoc/>
    public int CompareTo(ReleaseSeries other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";

    /// <summary>Reads <c>MAJOR.MINOR</c>; null when it is not one.</summary>
    public static ReleaseSeries? TryParse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Number(text[..dot]) is { } major && Number(text[(dot + 1)..]) is { } minor ? new ReleaseSeries(major, minor) : null;
    }

    private static int? Number(string digits) =>
        digits.Length is > 0 and < 10 && digits.All(char.IsAsciiDigit) && (digits.Length == 1 || digits[0] != '0')
            ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <inheritdoc cref="IComparable{T}.CompareTo"/>
    public static bool operator <(ReleaseSeries left, ReleaseSeries right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="IComparable{T}.CompareTo"/>
    public static bool operator >(ReleaseSeries left, ReleaseSeries right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="IComparable{T}.CompareTo"/>
    public static bool operator <=(ReleaseSeries left, ReleaseSeries right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="IComparable{T}.CompareTo"/>
    public static bool operator >=(ReleaseSeries left, ReleaseSeries right) => left.CompareTo(right) >= 0;
}
