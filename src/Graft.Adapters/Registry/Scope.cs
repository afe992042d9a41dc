namespace Graft.Adapters.Registry;

/// <summary>What a request wants to do (docker's token scope): read a repository, or write it too, perhaps mounting blobs of another or taking something back.</summary>
internal sealed record Scope(string Repository, bool Writes = false, string? MountsFrom = null, bool Deletes = false)
{
    /// <summary>The scopes in the form of token services, in a fixed order.</summary>
    public IReadOnlyList<string> Texts =>
    [
        $"repository:{Repository}:{(Deletes ? "pull,push,delete" : Writes ? "pull,push" : "pull")}",
        .. MountsFrom is null ? (string[])[] : [$"repository:{MountsFrom}:pull"],
    ];
}
