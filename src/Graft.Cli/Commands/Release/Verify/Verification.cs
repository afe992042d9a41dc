using Graft.Cli.Releases;
using Graft.Cli.Terminal;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Release.Verify;

/// <summary>Looks at every reference of a release where it lives, and at its manifest on the publisher. Changes nothing.</summary>
internal sealed class Verification(Session session, string named)
{
    public async Task<int> RunAsync()
    {
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var manifest = workspace.Manifests.Get(named, workspace.Product.TagOf);
        var release = await new ReleaseVerifier(workspace).RunAsync(manifest, session.Cancellation);
        Show(manifest, release.References, release.Manifest);

        if (release.Judge(session.Options.Offline) is not { } failure)
        {
            return 0;
        }

        // The document has it all; a second one would be one too many.
        return session.Screen.Json ? (int)failure.Kind : throw failure;
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
}
