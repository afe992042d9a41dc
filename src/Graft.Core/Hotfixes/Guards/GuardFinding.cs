namespace Graft.Core.Hotfixes.Guards;

/// <summary>How much a finding matters.</summary>
public enum GuardSeverity
{
    /// <summary>Worth knowing; refuses nothing.</summary>
    Warning,

    /// <summary>Refuses, unless the guard is allowed by name.</summary>
    Error,
}

/// <summary>A guard that fired: what it saw, what to do about it, and whether it was allowed by name.</summary>
public sealed record GuardFinding(string Guard, GuardSeverity Severity, string Message, string? Hint = null, bool Allowed = false)
{
    /// <summary>Whether the hotfix cannot go on because of it.</summary>
    public bool Refuses => Severity == GuardSeverity.Error && !Allowed;
}
