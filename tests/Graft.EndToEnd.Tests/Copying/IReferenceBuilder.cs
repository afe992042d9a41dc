using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>A builder whose images are what the embedded builder's are compared with.</summary>
internal interface IReferenceBuilder : IDisposable
{
    Task<ReferenceResult> BuildAsync(string checkout, string dockerfile, string context);

    /// <summary>The line of an instruction at which the two are known to differ, and how; null when there is none.</summary>
    Task<(int Line, string Why)?> FindKnownLineAsync(Comparison comparison);

    /// <summary>The known difference that accounts for all files which only one of the two has, or null.</summary>
    string? FindKnownFiles(Comparison comparison);
}

/// <summary>The files of the last stage as <see cref="ExportedFiles"/> lists them, or what the builder said, and of which line, when it refused.</summary>
internal sealed record ReferenceResult(IReadOnlyList<string>? Files, string? Error, int? Line);

/// <summary>One context, and what came of it on both sides.</summary>
internal sealed record Comparison(RandomContext Context, ImageWorkbench Bench, ReferenceResult Ours, ReferenceResult Theirs)
{
    public bool IsSame => Ours.Files is null ? Theirs.Files is null : Theirs.Files is not null && Ours.Files.SequenceEqual(Theirs.Files);

    public IEnumerable<string> OnlyOurs => (Ours.Files ?? []).Except(Theirs.Files ?? []);

    public IEnumerable<string> OnlyTheirs => (Theirs.Files ?? []).Except(Ours.Files ?? []);

    public override string ToString() =>
        $"{Context}--- we: {Ours.Error ?? "built it"}\n--- they: {Theirs.Error ?? "built it"}\n--- only we have\n{string.Join('\n', OnlyOurs)}\n--- only they have\n{string.Join('\n', OnlyTheirs)}";
}
