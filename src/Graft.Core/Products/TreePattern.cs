namespace Graft.Core.Products;

/// <summary>What a glob can match at most, said in a way that git can answer.</summary>
/// <param name="Folder">What every path begins with: empty, or ending in <c>/</c>.</param>
/// <param name="Name">The last name of every path; null for any.</param>
/// <param name="AnyDepth">Whether folders may be between the two; if not, it is one file, or one folder with all that is in it.</param>
public sealed record TreePattern(string Folder, string? Name, bool AnyDepth);
