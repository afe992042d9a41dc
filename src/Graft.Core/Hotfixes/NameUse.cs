namespace Graft.Core.Hotfixes;

/// <summary>
/// What uses a name, in words. A git tag or a published release has it for good; a file, a draft or a run may be what an earlier attempt at the same plan left.
/// </summary>
public sealed record NameUse(string By, bool IsForGood);
