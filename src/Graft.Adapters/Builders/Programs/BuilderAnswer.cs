using System.Globalization;
using System.Text.RegularExpressions;

namespace Graft.Adapters.Builders.Programs;

/// <summary>Runs a builder's program with these arguments, for its answer.</summary>
internal delegate Task<BuilderAnswer> AskBuilder(params string[] arguments);

/// <summary>What a builder's program answered: whether it succeeded, its output, and its last words for a message.</summary>
internal sealed partial record BuilderAnswer(bool Succeeded, string Text, string Words)
{
    /// <summary>The first version in the output, such as <c>1.28.2</c>; null where it says none.</summary>
    public string? Version => VersionGrammar().Match(Text) is { Success: true } match ? match.Value : null;

    /// <summary>The first number of the version; 0 where there is none.</summary>
    public int MajorVersion => Version is { } version ? int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"[0-9]{1,4}\.[0-9]+(?:\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex VersionGrammar();
}
