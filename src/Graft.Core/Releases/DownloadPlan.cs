namespace Graft.Core.Releases;

/// <summary>Which releases are wanted: drafts too, only these series (empty: all), and at most so many, the newest.</summary>
public sealed record DownloadChoice(bool IncludesDrafts, IReadOnlyList<ReleaseSeries> Series, int? Limit)
{
    internal bool Takes(ReleaseName name) => Series.Count == 0 || (name.Series is { } series && Series.Contains(series));
}

/// <summary>A release to fetch, under the name that its tag says.</summary>
public sealed record WantedRelease(ReleaseName Name, PublishedRelease Release);

/// <summary>What is fetched from a publisher, newest first, and what is left out though it was wanted.</summary>
public sealed record DownloadPlan(IReadOnlyList<WantedRelease> Releases, IReadOnlyList<UnreadableRelease> LeftOut)
{
    /// <summary>Chooses from what a publisher lists. A tag that names no release is somebody else's.</summary>
    public static DownloadPlan Of(PublishedReleases published, Func<string, ReleaseName?> nameOf, DownloadChoice choice)
    {
        var leftOut = published.Unreadable.Where(release => nameOf(release.Tag) is not { } name || choice.Takes(name)).ToList();
        var wanted = new List<WantedRelease>();
        foreach (var same in published.Releases.GroupBy(release => release.Tag, StringComparer.Ordinal))
        {
            if (nameOf(same.Key) is not { } name || !choice.Takes(name))
            {
                continue;
            }

            // A publisher may have any number of drafts beside a release.
            var candidates = same.Where(release => !release.IsDraft).ToList() is { Count: > 0 } releases ? releases : choice.IncludesDrafts ? [.. same] : [];
            if (candidates.Count > 1)
            {
                leftOut.Add(new UnreadableRelease(same.Key, $"the publisher has {candidates.Count} drafts '{same.Key}'"));
            }
            else if (candidates.Count == 1)
            {
                wanted.Add(new WantedRelease(name, candidates[0]));
            }
        }

        var newest = wanted.OrderBy(release => release.Name.IsPreRelease).ThenByDescending(release => release.Name);
        return new DownloadPlan([.. choice.Limit is { } limit ? newest.Take(limit) : newest], leftOut);
    }

    /// <summary>
    /// The local releases that the publisher no longer has, newest first: of the wanted series, and not older than the oldest that it lists. Drafts and what cannot be read is
    /// there too.
    /// </summary>
    public static IReadOnlyList<ReleaseName> FindGone(IEnumerable<ReleaseName> local, PublishedReleases published, Func<string, ReleaseName?> nameOf, DownloadChoice choice)
    {
        var listed = published.Releases.Select(release => release.Tag).Concat(published.Unreadable.Select(release => release.Tag)).Select(nameOf).OfType<ReleaseName>().ToHashSet();
        return listed.Min() is { } oldest
            ? [.. local.Where(name => !listed.Contains(name) && name >= oldest && choice.Takes(name)).Distinct().OrderDescending()]
            : [];
    }
}
