using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Generate;

/// <summary>Asks for the new version of each image that changes: the tags that there are are offered, and what was typed is looked at at once.</summary>
internal sealed class VersionQuestions(Session session, Workspace workspace, HotfixFacts facts, IReadOnlyList<string> allowed)
{
    private const int MostOffered = 12;
    private const int MostListed = 200;
    private const int Width = 78;

    /// <summary>The changes, without those of images that were skipped.</summary>
    public async Task<IReadOnlyList<VersionChange>> AskAsync(IReadOnlyList<ManifestEntry> entries)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation);
        // All at once, so that the next image's tags come while a person reads the first one's.
        var offers = entries.Select(entry => new TagOffer(LoadAsync(entry, stop.Token), session.Composition.Clock)).ToList();
        var changes = new List<VersionChange>();
        foreach (var (entry, offer) in entries.Zip(offers))
        {
            if (await AskAsync(entry, offer) is { } change)
            {
                changes.Add(change);
            }
        }

        await stop.CancelAsync();
        return changes;
    }

    private async Task<VersionChange?> AskAsync(ManifestEntry entry, TagOffer offer)
    {
        Show(entry, await offer.WaitAsync(session.Cancellation), "", MostOffered);
        while (true)
        {
            var text = (await session.Prompts.AskAsync($"new version of {entry.Image} (now {entry.Version}; empty skips it):", session.Cancellation)).Trim();
            if (text.Length == 0)
            {
                return null;
            }

            if (text[^1] == '?')
            {
                Show(entry, offer.Loaded, text[..^1], MostListed);
            }
            else if (await ComplaintAsync(entry, text, offer) is { } reason)
            {
                session.Prompts.Refuse(reason);
            }
            else
            {
                return VersionChange.Parse(Choice(entry), text);
            }
        }
    }

    private async Task<TagListing> LoadAsync(ManifestEntry entry, CancellationToken cancellationToken)
    {
        var listing = await workspace.Images.ListTagsAsync(entry.Image, HasSource(entry.Image), cancellationToken);
        return listing with { Tags = TagOrder.NewestFirst(listing.Tags, entry.Reference.Version.Tag) };
    }

    private void Show(ManifestEntry entry, TagListing? listing, string prefix, int most)
    {
        if (listing is null)
        {
            session.Screen.Say($"the tags of {entry.Image} are still on their way; `?` shows them when they have come");
            return;
        }

        if (listing.Problem is { } problem)
        {
            session.Screen.Say($"the tags of {entry.Image} cannot be listed: {problem}");
            return;
        }

        var tags = listing.Tags.Where(tag => tag.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var words = $"{entry.Image} has {(tags.Count == 1 ? "1 tag" : $"{tags.Count} tags")}{(prefix.Length == 0 ? "" : $" that {(tags.Count == 1 ? "begins" : "begin")} with {prefix}")}";
        session.Screen.Say(tags.Count == 0 ? words : tags.Count <= most ? $"{words}, newest first:" : $"{words}; the newest (`?` lists more, `1.2?` those that begin with 1.2):");
        if (tags.Count > 0)
        {
            session.Screen.Say("  " + string.Join("\n  ", WrappedText.Lines(string.Join(", ", tags.Take(most)), Width)));
        }
    }

    // What is wrong with a version that was typed; null when nothing is, or when the guard that would say it is allowed.
    private async Task<string?> ComplaintAsync(ManifestEntry entry, string text, TagOffer offer)
    {
        VersionChange change;
        try
        {
            change = VersionChange.Parse(Choice(entry), text);
        }
        catch (GraftException malformed)
        {
            return WithHint(malformed.Message, malformed.Hint);
        }

        if (change.NewImage is null && change.To == ImageVersion.Parse(entry.Version))
        {
            return "that is the version it has";
        }

        var reference = new ImageReference(change.NewImage ?? entry.Image, change.To);
        var state = await SayingAsync(reference, isChanged: true);
        return state.Answer switch
        {
            ReferenceAnswer.Missing or ReferenceAnswer.Broken when !IsAllowed(GuardNames.MissingImage) =>
                state.Reason is { } reason ? $"'{reference}' cannot be pulled: {reason}" : WithHint($"'{reference}' does not exist", Nearby(change, offer)),
            ReferenceAnswer.Unknown when !session.Options.Offline && !IsAllowed(GuardNames.UncheckedImage) => WithHint($"'{reference}' was not checked: {state.Reason}", state.Hint),
            ReferenceAnswer.Found when !IsAllowed(GuardNames.PlatformLost) => await LossAsync(entry, reference, state.Image!),
            _ => null,
        };
    }

    private async Task<string?> LossAsync(ManifestEntry entry, ImageReference reference, StoredImage image)
    {
        var before = facts.BaseLock?.Find(entry.Reference.ToString())?.Platforms.Keys
            ?? ((await SayingAsync(entry.Reference, isChanged: false)).Image is { } old ? LockedReference.PlatformsOf(old).Keys : []);
        return LockComparison.Lost(before, LockedReference.PlatformsOf(image).Keys) is { Count: > 0 } lost ? $"'{reference}' is not for {string.Join(", ", lost)}, which {entry.Version} is for" : null;
    }

    private Task<ReferenceState> SayingAsync(ImageReference reference, bool isChanged) => LongWait.SayingAsync(
        workspace.Images.LookUpAsync(new ReferenceQuestion(reference, HasSource(reference.Name)) { MustBeThere = isChanged }, session.Cancellation),
        session.Composition.Clock,
        () => session.Screen.Say($"waiting for what there is of '{reference}'"));

    private static string? Nearby(VersionChange change, TagOffer offer) =>
        change.NewImage is null && change.To.Tag is { } tag && Nearest.To(tag, offer.Loaded?.Tags ?? []) is { } nearest ? $"did you mean {nearest}?" : null;

    private bool HasSource(ImageName image) => facts.Sources.Any(source => source.Image == image);

    private bool IsAllowed(string guard) => allowed.Contains(guard, StringComparer.Ordinal);

    private static EntryChoice Choice(ManifestEntry entry) => new(entry.Image, entry.Version);

    private static string WithHint(string message, string? hint) => hint is null ? message : $"{message} ({hint})";
}
