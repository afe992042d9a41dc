namespace Graft.Cli.Commands.Init;

/// <summary>What a git remote's address says of the product: the repository's name, the account, and OWNER/REPO where it is on GitHub.</summary>
internal sealed record RemoteAddress(string? Repository, string? Owner, string? GitHub)
{
    /// <summary>Reads a URL, <c>HOST:PATH</c> as ssh has it, or a path. Credentials in it are passed over.</summary>
    public static RemoteAddress Of(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return new RemoteAddress(null, null, null);
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? address : address[(scheme + 3)..];
        var separator = scheme < 0 ? rest.IndexOf(':', StringComparison.Ordinal) : rest.IndexOf('/', StringComparison.Ordinal);
        var host = separator > 0 ? rest[..separator] : "";
        host = host[(host.LastIndexOf('@') + 1)..];
        var isPath = scheme < 0 && (separator < 0 || rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && slash < separator);
        var segments = (isPath ? rest : rest[(separator + 1)..]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var repository = segments is [.., var last] ? last.EndsWith(".git", StringComparison.Ordinal) ? last[..^4] : last : null;
        // A folder above a bare repository is nobody's account.
        var owner = !isPath && host.Length > 0 && segments.Length > 1 ? segments[^2] : null;
        var onGitHub = host.Split(':')[0] is "github.com" or "ssh.github.com" or "www.github.com" && segments.Length == 2;
        return new RemoteAddress(string.IsNullOrEmpty(repository) ? null : repository, owner, onGitHub ? $"{owner}/{repository}" : null);
    }
}
