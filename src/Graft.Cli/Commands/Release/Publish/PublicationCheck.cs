using Graft.Adapters.Git;
using Graft.Adapters.Manifests;
using Graft.Cli.Hotfixes;
using Graft.Cli.Releases;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Hotfixes.Guards;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Publish;

/// <summary>Looks again at everything that was true when the draft was made: between then and now may lie days.</summary>
internal sealed class PublicationCheck(Session session, Workspace workspace, Manifest manifest, PublishedRelease release)
{
    private const int MostReasons = 3;

    /// <summary>The draft has the manifest and the lock that are here, byte for byte; else an input failure.</summary>
    public async Task CheckFilesAsync()
    {
        var asset = PublishedManifest.AssetOf(release, manifest.Name)
            ?? throw GraftException.Input($"release '{release.Tag}' has no manifest on the publisher", CutAnew);
        await CompareAsync(asset, manifest.Bytes, manifest.File);

        var lockFile = ReleaseLock.FileOf(manifest.Name);
        var path = DisplayPath.Of(Path.Combine(workspace.Manifests.Path, lockFile));
        switch (workspace.Manifests.FindLock(manifest.Name), release.FindAsset(lockFile))
        {
            case ({ } bytes, { }):
                await CompareAsync(lockFile, bytes, path);
                break;
            case (null, { }):
                throw GraftException.Input($"'{path}' is not here, and release '{release.Tag}' has it on the publisher", "`graft release download --include-drafts` fetches it");
            case ({ }, null):
                throw GraftException.Input($"release '{release.Tag}' has no lock on the publisher, and '{path}' is here", CutAnew);
            // Other tools make releases without a lock, but never hotfixes.
            case (null, null) when manifest.Hotfix is not null:
                throw GraftException.Input($"the hotfix '{manifest.Name}' has no lock, neither here nor on the publisher", CutAnew);
        }
    }

    /// <summary>The hotfix differs from its base in what it says, and in nothing else; else a guard failure. A base that is not here is warned of.</summary>
    public void CheckChanges()
    {
        if (manifest.Hotfix is not { } hotfix)
        {
            return;
        }

        if (workspace.Manifests.ReadAll().Releases.FirstOrDefault(release => release.Header.Name == hotfix.Of) is not { } @base)
        {
            session.Screen.Warn($"its base '{hotfix.Of}' is not here, so what it changes was not compared; `graft release download` fetches it");
            return;
        }

        if (HotfixChanges.FindUnexplained(workspace.Manifests.Read(@base.Path), manifest) is { Count: > 0 } unexplained)
        {
            throw new GraftException(
                FailureKind.Guard,
                $"'{manifest.Name}' differs from its base '{hotfix.Of}' in more or other than it says: {string.Join(", ", unexplained.Take(MostReasons))}{(unexplained.Count > MostReasons ? $" and {unexplained.Count - MostReasons} more" : "")}",
                CutAnew);
        }
    }

    /// <summary>
    /// Every reference is what <c>release verify</c> wants it to be; else its failure, with the references said one by one. That one could not be looked at
    /// is a warning where the hotfix does not change it, as when it was cut.
    /// </summary>
    public async Task CheckReferencesAsync()
    {
        var found = await new Progress(session.Screen).CountAsync(
            "references",
            manifest.References.Count,
            session.Composition.Clock,
            progress => new ReleaseVerifier(workspace, CheckDepth.Parts).RunAsync(manifest, progress, session.Cancellation));
        var own = OwnReferences();
        var open = found.References.Where(reference => reference.State == Verdict.Unchecked).ToList();
        if (found.Judge(session.Options.Offline || !open.Exists(reference => own.Contains(reference.Reference))) is not { } failure)
        {
            if (open.Count > 0)
            {
                session.Screen.Warn($"{(open.Count == 1 ? "a reference" : $"{open.Count} references")} could not be looked at: {string.Join("; ", open.Select(reference => reference.Reason).Distinct().Take(MostReasons))}");
            }

            return;
        }

        foreach (var reference in found.References.Where(reference => failure.Kind == FailureKind.Guard ? reference.IsWrong : reference.State == Verdict.Unchecked && own.Contains(reference.Reference)))
        {
            session.Screen.Warn($"'{reference.Reference}' {Words(reference)}");
        }

        throw new GraftException(failure.Kind, $"cannot publish '{manifest.Name}': {failure.Message}", failure.Hint ?? $"`graft release verify {manifest.Name}` shows it");
    }

    /// <summary>The guards that fire over a hotfix whose siblings may have been published since it was cut.</summary>
    public async Task<IReadOnlyList<GuardFinding>> AskGuardsAsync(PublishedReleases published, RemoteRefs remote, IReadOnlyList<string> allowed)
    {
        if (manifest.Hotfix is not { } hotfix)
        {
            return [];
        }

        // A sibling's tag may be on the remote alone.
        var tags = new Dictionary<string, CommitId>(remote.Tags);
        foreach (var (tag, commit) in await workspace.Git.ReadTagsAsync(session.Cancellation))
        {
            tags[tag] = commit;
        }

        var newer = await new NewerHotfixQuestion(workspace, tags).AskAsync(hotfix.Of, manifest.Commit, workspace.Manifests.ReadAll(), published, session.Cancellation);
        var touched = hotfix.Built.Concat(hotfix.Changed).Select(change => change.Image).ToHashSet(StringComparer.Ordinal);
        var kept = manifest.Entries.Select(entry => entry.Image.Text).Where(image => !touched.Contains(image)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. NewerHotfixGuard.Check(newer.Where(other => other.Name != manifest.Name), hotfix.Of, kept.Contains)
                .Select(finding => finding with { Allowed = allowed.Contains(finding.Guard, StringComparer.Ordinal) }),
        ];
    }

    // What the hotfix built or changed; of a release that is none, everything.
    private HashSet<string> OwnReferences()
    {
        var touched = manifest.Hotfix is { } hotfix ? hotfix.Built.Concat(hotfix.Changed).Select(change => (change.Image, change.To)).ToHashSet() : null;
        return manifest.Entries.Where(entry => touched?.Contains((entry.Image.Text, entry.Version)) != false).Select(entry => entry.Reference.ToString()).ToHashSet(StringComparer.Ordinal);
    }

    private string CutAnew => $"`graft hotfix abandon {manifest.Name}`, and cut it anew";

    private async Task CompareAsync(string asset, ReadOnlyMemory<byte> local, string file)
    {
        var published = await workspace.Publisher.FetchAssetAsync(release, asset, ManifestFolder.SizeLimit, session.Cancellation);
        if (!local.Span.SequenceEqual(published))
        {
            throw GraftException.Input(
                $"'{file}' is not what release '{release.Tag}' has on the publisher",
                "`graft release download --include-drafts --force` takes the publisher's");
        }
    }

    private static string Words(VerifiedReference reference) => reference.State switch
    {
        Verdict.Unchecked => $"could not be looked at: {reference.Reason ?? "nothing is known of it"}",
        _ when reference.Reason is { } reason => $"cannot be pulled: {reason}",
        Verdict.Missing => "does not exist",
        Verdict.PlatformLost => "is not for all platforms any more that it was for",
        _ => $"was {reference.Locked}, and is {reference.Digest}",
    };
}
