using System.Text.RegularExpressions;

namespace Graft.Core.Yaml;

/// <summary>
/// Tells whether text may stand unquoted and still be read as a string: by YAML 1.1 (its type repository; PyYAML), by YAML 1.2's core
/// schema, and by Go's yaml, which mixes the two (underscores dropped before numbers of 1.2 are tried).
/// </summary>
internal static partial class PlainText
{
    /// <summary>The text itself where it reads as a string, else double-quoted. It holds no quote, backslash or control character.</summary>
    public static string Write(string text) => IsString(text) ? text : $"\"{text}\"";

    public static bool IsString(string text) =>
        Safe().IsMatch(text) && !Word().IsMatch(text) && !Timestamp().IsMatch(text) && !IsNumber(text);

    // Go drops every underscore and then looks for a number, so `0_x1` and `1e_5` are numbers there.
    private static bool IsNumber(string text) =>
        char.IsAsciiDigit(text[0]) && text.Replace("_", "", StringComparison.Ordinal) is var bare && (Number().IsMatch(bare) || Sexagesimal().IsMatch(bare));

    // What a reference, a release's name or a commit is made of; whatever begins with an indicator (`@`, `[`) or a dot is quoted unseen.
    [GeneratedRegex(@"\A[A-Za-z0-9_](?:[A-Za-z0-9_./:@+-]*[A-Za-z0-9_./@+-])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();

    [GeneratedRegex(@"\A(?:null|Null|NULL|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\A(?:[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|0[bB][01]*|0[oO][0-7]*|0[xX][0-9a-fA-F]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sexagesimal();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();
}
