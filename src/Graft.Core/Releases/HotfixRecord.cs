namespace Graft.Core.Releases;

/// <summary>A manifest's <c>hotfix</c> mapping: the base's name, and which entries were built or changed from it.</summary>
public sealed record HotfixRecord(ReleaseName Of, IReadOnlyList<EntryChange> Built, IReadOnlyList<EntryChange> Changed);

/// <summary>One image whose version went from one text to another.</summary>
public sealed record EntryChange(string Image, string From, string To);
