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
        // A publisher may not know the commit of a release that has its tag; of a draft nothing else says it.
        if (manifest.Commit != release.Commit && (release.IsDraft || release.Commit is not null))
        {
            throw GraftException.Input($"the manifest of '{manifest.Name}' says commit {manifest.Commit.Short}, but its {(release.IsDraft ? "draft" : "release")} says {release.Commit?.Short ?? "none"}");
        }

        foreach (var (tag, place) in new[] { (localTag, "here"), (remoteTag, "on the remote") })
        {
            if (tag is not null && tag != manifest.Commit)
            {
                throw new GraftException(FailureKind.Guard, $"tag '{release.Tag}' is {place} already, at {tag.Short} and not at {manifest.Commit.Short}", "a tag that exists is never moved");
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

        return new PublishPlan(manifest.Name, release.Tag, manifest.Commit, steps);
    }
}
