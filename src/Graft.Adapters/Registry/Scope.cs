namespace Graft.Adapters.Registry;

/// <summary>What a request wants to do (docker's token scope): read a repository, or write it too, perhaps mounting blobs of another.</summary>
internal sealed record Scope(string Repository, bool Writes = false, string? MountsFrom = null)
{
    /// <summary>The scopes in the form of token services, in a fixed order.</summary>
    public IReadOnlyList<string> Texts =>
    [
        $"repository:{Repository}:{(Writes ? "pull,push" : "pull")}",
        .. MountsFrom is null ? (string[])[] : [$"repository:{MountsFrom}:pull"],
    ];
}
