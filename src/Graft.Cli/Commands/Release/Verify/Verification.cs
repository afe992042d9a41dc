using Graft.Adapters.Manifests;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Verify;

/// <summary>Looks at every reference of a release where it lives, and at its manifest on the publisher. Changes nothing.</summary>
internal sealed class Verification(Session session, string named)
{
    private const int AtOnce = 16;

    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var manifest = workspace.Manifests.Get(named, workspace.Product.TagOf);
        var isPublished = CompareManifestAsync(workspace, manifest);
        var references = await LookAsync(workspace, manifest);
        var published = await isPublished;
        Show(manifest, references, published);

        if (Judge(manifest, references, published) is not { } failure)
        {
            return 0;
        }

        // The document has it all; a second one would be one too many.
        return session.Screen.Json ? (int)failure.Kind : throw failure;
    }

    private GraftException? Judge(Manifest manifest, IReadOnlyList<VerifiedReference> references, PublishedState published)
    {
        var wrong = references.Count(reference => reference.IsWrong);
        if (wrong > 0 || published == PublishedState.Different)
        {
            return new GraftException(FailureKind.Guard, $"'{manifest.Name}' is not what was released: {Reasons(wrong, published)}");
        }

        var open = references.Count(reference => reference.State == Verdict.Unchecked);
        return open == 0 || session.Options.Offline
            ? null
            : GraftException.Outside($"'{manifest.Name}' is not verified: {Count(open)} could not be looked at", "pass `--offline` to do without");
    }

    private static string Reasons(int wrong, PublishedState published) => string.Join(
        " and ",
        new[] { wrong > 0 ? $"{Count(wrong)} {(wrong == 1 ? "differs" : "differ")}" : null, published == PublishedState.Different ? "its manifest is not the published one" : null }.OfType<string>());

    private static string Count(int references) => references == 1 ? "a reference" : $"{references} references";

    private async Task<PublishedState> CompareManifestAsync(Workspace workspace, Manifest manifest)
    {
        if (await workspace.Publisher.FindAsync(workspace.Product.TagOf(manifest.Name), session.Cancellation) is not { } release
            || PublishedManifest.AssetOf(release, manifest.Name) is not { } asset)
        {
            return PublishedState.None;
        }

        var bytes = await workspace.Publisher.FetchAssetAsync(release, asset, ManifestFolder.SizeLimit, session.Cancellation);
        return manifest.Bytes.Span.SequenceEqual(bytes) ? PublishedState.Same : PublishedState.Different;
    }

    private async Task<IReadOnlyList<VerifiedReference>> LookAsync(Workspace workspace, Manifest manifest)
    {
        var locked = workspace.Manifests.ReadLock(manifest.Name);
        var paths = await workspace.Git.ReadPathsAsync(workspace.Git.Head, ImageSources.PatternsOf(workspace.Product), session.Cancellation);
        var withSource = ImageSources.Find(workspace.Product, paths).Select(source => source.Image).ToHashSet();
        var references = manifest.Entries.Select(entry => entry.Reference).Distinct().ToList();
        var verdicts = new VerifiedReference[references.Count];
        await Parallel.ForAsync(0, references.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = session.Cancellation }, async (index, cancellation) =>
        {
            var state = await workspace.Images.LookUpAsync(references[index], withSource.Contains(references[index].Name), isChanged: false, locked: null, cancellation);
            verdicts[index] = VerifiedReference.Of(state, locked?.Find(references[index].ToString()));
        });
        return verdicts;
    }

    private void Show(Manifest manifest, IReadOnlyList<VerifiedReference> references, PublishedState published)
    {
        if (session.Screen.Json)
        {
            session.Screen.Data(Document(manifest, references, published));
            return;
        }

        var rows = references.Where(reference => reference.State != Verdict.Ok).Select(reference => (IReadOnlyList<string>)[reference.Reference, Word(reference.State), Why(reference)]).ToList();
        if (rows.Count > 0)
        {
            session.Screen.Data(TextTable.Of(["REFERENCE", "STATE", "WHY"], rows));
        }

        var ok = references.Count(reference => reference.State == Verdict.Ok);
        var sure = references.Count(reference => reference is { State: Verdict.Ok, Locked: not null });
        session.Screen.Say($"{ok} of {references.Count} references are there{(sure < ok ? $", {sure} of them with a locked digest" : "")}");
        session.Screen.Say(published switch
        {
            PublishedState.Same => "the manifest is the published one",
            PublishedState.Different => "the manifest is not the published one",
            _ => "the publisher has no manifest to compare with",
        });
    }

    private static string Why(VerifiedReference reference) => reference.State switch
    {
        Verdict.Unchecked => reference.Reason ?? "nothing is known of it",
        Verdict.Missing => "it does not exist",
        _ => $"it was {reference.Locked}, and is {reference.Digest}",
    };

    private static string Word(Verdict verdict) => verdict == Verdict.PlatformLost ? "platform-lost" : verdict.ToString().ToLowerInvariant();

    private static byte[] Document(Manifest manifest, IReadOnlyList<VerifiedReference> references, PublishedState published) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("release", manifest.Name.ToString());
        writer.WriteString("manifest", published.ToString().ToLowerInvariant());
        writer.WriteStartArray("references");
        foreach (var reference in references)
        {
            writer.WriteStartObject();
            writer.WriteString("reference", reference.Reference);
            writer.WriteString("state", Word(reference.State));
            writer.WriteString("digest", reference.Digest?.ToString());
            writer.WriteString("locked", reference.Locked?.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private enum PublishedState
    {
        None,
        Same,
        Different,
    }
}
