namespace Graft.Adapters.GitHub;

/// <summary>A token and where it is from, such as <c>GH_TOKEN</c>. Its text is the source: the token itself never gets into a message.</summary>
internal sealed class GitHubToken(string value, string source)
{
    public string Value => value;

    public string Source => source;

    /// <summary>A server's words without the token, should it repeat it.</summary>
    public string TakeOutOf(string words) => words.Replace(value, "***", StringComparison.Ordinal);

    public override string ToString() => source;
}
