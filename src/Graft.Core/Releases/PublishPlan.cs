using Graft.Core.Failures;

namespace Graft.Core.Releases;

/// <summary>One step of publishing. Carrying it out twice is the same as once.</summary>
public enum PublishStep
{
    /// <summary>Makes the annotated tag on the release's commit.</summary>
    CreateTag,

    /// <summary>Pushes the tag to the remote.</summary>
    PushTag,

    /// <summary>Turns the draft into a published release.</summary>
    Publish,
}

/// <summary>What publishing a release takes: only the steps that are not done yet.</summary>
public sealed record PublishPlan(ReleaseName Name, string Tag, CommitId Commit, IReadOnlyList<PublishStep> Steps)
{
    /// <summary>
    /// Plans the publishing of a draft from where its tag is, here and on the remote. A manifest that says another commit than the draft is an
    /// input failure; a tag on another commit is a guard failure.
    /// </summary>
    public static PublishPlan For(Manifest manifest, PublishedRelease release, CommitId? localTag, CommitId? remoteTag)
    {
        var commit = release.Commit ?? manifest.Commit;
        if (manifest.Commit != commit)
        {
            throw GraftException.Input($"the manifest of '{manifest.Name}' says commit {manifest.Commit.Short}, but its draft says {commit.Short}");
        }

        foreach (var (tag, place) in new[] { (localTag, "here"), (remoteTag, "on the remote") })
        {
            if (tag is not null && tag != commit)
            {
                throw new GraftException(FailureKind.Guard, $"tag '{release.Tag}' is {place} already, at {tag.Short} and not at {commit.Short}", "a tag that exists is never moved");
            }
        }

        var steps = new List<PublishStep>();
        if (remoteTag is null)
        {
            if (localTag is null)
            {
                steps.Add(PublishStep.CreateTag);
            }

            steps.Add(PublishStep.PushTag);
        }

        if (release.IsDraft)
        {
            steps.Add(PublishStep.Publish);
        }

        return new PublishPlan(manifest.Name, release.Tag, commit, steps);
    }
}
