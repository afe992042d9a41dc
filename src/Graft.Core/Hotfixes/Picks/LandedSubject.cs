using System.Globalization;

namespace Graft.Core.Hotfixes.Picks;

/// <summary>Which pull request a commit's subject says it brought in, as GitHub writes it when it squashes or merges.</summary>
public static class LandedSubject
{
    /// <summary>Whether the subject ends in <c>(#N)</c> or begins <c>Merge pull request #N from</c>. One that only quotes another's subject does not.</summary>
    public static bool IsOf(int number, string subject)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return subject.TrimEnd().EndsWith($"(#{text})", StringComparison.Ordinal) || subject.StartsWith($"Merge pull request #{text} from ", StringComparison.Ordinal);
    }
}
