using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Releases;

/// <summary>A file of a release beside the published one.</summary>
internal enum PublishedState
{
    /// <summary>The publisher has none.</summary>
    None,

    /// <summary>Byte for byte the published one.</summary>
    Same,

    /// <summary>It is not the published one.</summary>
    Different,
}

/// <summary>A release as it was found: every reference, and its manifest beside the published one.</summary>
internal sealed record VerifiedRelease(Manifest Release, IReadOnlyList<VerifiedReference> References, PublishedState Manifest)
{
    /// <summary>Why it does not pass, or null: what differs from what was released is a guard failure, what could not be looked at an outside one.</summary>
    public GraftException? Judge(bool mayBeUnchecked)
    {
        var wrong = References.Count(reference => reference.IsWrong);
        if (wrong > 0 || Manifest == PublishedState.Different)
        {
            var reasons = new[]
            {
                wrong > 0 ? $"{Count(wrong)} {(wrong == 1 ? "differs" : "differ")}" : null,
                Manifest == PublishedState.Different ? "its manifest is not the published one" : null,
            };
            return new GraftException(FailureKind.Guard, $"'{Release.Name}' is not what was released: {string.Join(" and ", reasons.OfType<string>())}");
        }

        var open = References.Count(reference => reference.State == Verdict.Unchecked);
        return open == 0 || mayBeUnchecked
            ? null
            : GraftException.Outside($"'{Release.Name}' is not verified: {Count(open)} could not be looked at", "pass `--offline` to do without");
    }

    private static string Count(int references) => references == 1 ? "a reference" : $"{references} references";
}
