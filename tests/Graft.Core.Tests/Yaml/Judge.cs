using System.Text.RegularExpressions;

namespace Graft.Core.Tests.Yaml;

/// <summary>
/// Says what a plain scalar is, by the tables themselves: yaml.org's YAML 1.1 types as PyYAML has them, YAML 1.2.2's core schema (10.3.2),
/// and what Go's yaml.v3 does in <c>resolve</c>.
/// </summary>
internal static partial class Judge
{
    public static string Write(string text) => IsString(text) ? text : $"\"{text}\"";

    /// <summary>Whether all three read it as a string, and a plain scalar may begin as it does.</summary>
    public static bool IsString(string text) =>
        text.Length > 0 && !"@[]{},#&*!|>'\"%`".Contains(text[0], StringComparison.Ordinal)
        && !Yaml11(text) && !Core12(text) && !Go(text);

    public static bool Yaml11(string text) => OneOne().IsMatch(text);

    public static bool Core12(string text) => OneTwo().IsMatch(text);

    public static bool Go(string text)
    {
        if (GoWord().IsMatch(text) || GoDate().IsMatch(text))
        {
            return true;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal);
        return "+-.0123456789".Contains(text[0], StringComparison.Ordinal) && (GoInteger().IsMatch(plain) || GoFloat().IsMatch(plain));
    }

    [GeneratedRegex("""
        \A(?:
        yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|y|Y|n|N
        |~|null|Null|NULL|
        |[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
        |[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
        |[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]
        |[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[\ \t]+)[0-9][0-9]?:[0-9][0-9]:[0-9][0-9](?:\.[0-9]*)?(?:[\ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?
        |<<|=
        )\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OneOne();

    [GeneratedRegex(@"\A(?:null|Null|NULL|~||true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex OneTwo();

    [GeneratedRegex(@"\A(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|\.nan|\.NaN|\.NAN|[-+]?\.(?:inf|Inf|INF)|<<)\z")]
    private static partial Regex GoWord();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?\z")]
    private static partial Regex GoDate();

    [GeneratedRegex(@"\A[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)\z")]
    private static partial Regex GoInteger();

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z")]
    private static partial Regex GoFloat();
}
