namespace Graft.Core.Hotfixes;

/// <summary>
/// How a hotfix's name is held while its run is on its way: on this remote of git, in the name of a run whose identity (a UUID) no other has.
/// </summary>
public sealed record Reservation(string Remote, string Run);
