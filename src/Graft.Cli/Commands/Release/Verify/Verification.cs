using Graft.Cli.Releases;
using Graft.Cli.Terminal;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Verify;

/// <summary>Looks at every reference of a release where it lives, and at its manifest and lock on the publisher. Changes nothing.</summary>
internal sealed class Verification(Session session, VerifyOptions options)
{
    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var manifest = workspace.Manifests.Get(options.Release, workspace.Product.TagOf);
        var verifier = new ReleaseVerifier(workspace, options.ReadsContent ? CheckDepth.Bytes : CheckDepth.Parts);
        var release = await new Progress(session.Screen).CountAsync(
            "references", manifest.References.Count, session.Composition.Clock, progress => verifier.RunAsync(manifest, progress, session.Cancellation));
        Show(release);

        if (release.Judge(session.Options.Offline) is not { } failure)
        {
            return 0;
        }

        // The document has it all; a second one would be one too many.
        return session.Screen.Json ? (int)failure.Kind : throw failure;
    }

    private void Show(VerifiedRelease release)
    {
        if (session.Screen.Json)
        {
            session.Screen.Data(Document(release));
            return;
        }

        var references = release.References;
        var rows = references.Where(reference => reference.State != Verdict.Ok).Select(reference => (IReadOnlyList<string>)[reference.Reference, Word(reference.State), Why(reference)]).ToList();
        if (rows.Count > 0)
        {
            session.Screen.Data(TextTable.Of(["REFERENCE", "STATE", "WHY"], rows));
        }

        var ok = references.Count(reference => reference.State == Verdict.Ok);
        var sure = references.Count(reference => reference is { State: Verdict.Ok, Locked: not null });
        session.Screen.Say($"{ok} of {references.Count} references are there{(sure < ok ? $", {sure} of them with a locked digest" : "")}");
        session.Screen.Say(release switch
        {
            { Manifest: PublishedState.None } => "the publisher has no manifest to compare with",
            { Manifest: PublishedState.Different } => "the manifest is not the published one",
            { Lock: PublishedState.Different } => "the manifest is the published one, the lock is not",
            { Lock: PublishedState.Same } => "the manifest and the lock are the published ones",
            _ => "the manifest is the published one",
        });
    }

    private static string Why(VerifiedReference reference) => reference.Reason ?? reference.State switch
    {
        Verdict.Unchecked => "nothing is known of it",
        Verdict.Missing => "it does not exist",
        _ => $"it was {reference.Locked}, and is {reference.Digest}",
    };

    private static string Word(Verdict verdict) => verdict == Verdict.PlatformLost ? "platform-lost" : verdict.ToString().ToLowerInvariant();

    private static byte[] Document(VerifiedRelease release) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("release", release.Release.Name.ToString());
        writer.WriteString("manifest", release.Manifest.ToString().ToLowerInvariant());
        writer.WriteString("lock", release.Lock.ToString().ToLowerInvariant());
        writer.WriteStartArray("references");
        foreach (var reference in release.References)
        {
            writer.WriteStartObject();
            writer.WriteString("reference", reference.Reference);
            writer.WriteString("state", Word(reference.State));
            writer.WriteString("digest", reference.Digest?.ToString());
            writer.WriteString("locked", reference.Locked?.ToString());
            writer.WriteString("reason", reference.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
