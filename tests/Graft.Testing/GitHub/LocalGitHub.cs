using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Graft.Testing.Registries;

namespace Graft.Testing.GitHub;

/// <summary>
/// A stand-in for GitHub: a real HTTP server with its rules, beside a real bare git remote in which publishing makes tags. Files are behind a redirect to a
/// second server, which takes no token. A test says which requests go wrong, and how.
/// </summary>
public sealed class LocalGitHub : IDisposable
{
    /// <summary>A token that may write.</summary>
    public const string WriteToken = "ghs_mayWrite0123456789";

    /// <summary>A token that may read.</summary>
    public const string ReadToken = "ghs_mayRead0123456789";

    private const int Limit = 5000;
    private readonly Lock gate = new();
    private readonly HostileRegistry server;
    private readonly HostileRegistry files;
    private readonly string prefix;
    private int used;

    /// <summary>Starts it for a repository whose remote is a bare one on disk, or will be; <paramref name="prefix"/> is <c>/api/v3</c> on a server of one's own.</summary>
    public LocalGitHub(string? remote = null, string repository = "acme/product", string prefix = "")
    {
        this.prefix = prefix;
        Rules = new GitHubRules(repository) { Remote = remote ?? "" };
        server = new HostileRegistry(Answer);
        files = new HostileRegistry(AnswerFile);
        Root = $"http://{server.Host}{prefix}";
    }

    /// <summary>What is in it.</summary>
    public GitHubRules Rules { get; set; }

    /// <summary>The API's root, as addresses in answers begin; another when a proxy stands before it.</summary>
    public string Root { get; set; }

    /// <summary>The server's own address, whatever stands before it.</summary>
    public string Host => server.Host;

    /// <summary>Which requests go wrong; null is none.</summary>
    public Func<WireRequest, GitHubFault?> Faults { get; set; } = _ => null;

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<WireRequest> Requests => server.Requests;

    /// <summary>What was asked of the server that has the files.</summary>
    public IReadOnlyList<WireRequest> FileRequests => files.Requests;

    /// <summary>How many requests counted against the limit.</summary>
    public int Used => used;

    /// <inheritdoc/>
    public void Dispose()
    {
        server.Dispose();
        files.Dispose();
    }

    private WireReply Answer(WireRequest request)
    {
        lock (gate)
        {
            var fault = Faults(request);
            if (fault is { TakesEffect: false })
            {
                if (fault.LeavesStarter)
                {
                    Rules.LeaveStarter(request);
                }

                return fault.Reply;
            }

            var reply = Versioned(request, Decide(request));
            return fault?.Reply ?? reply;
        }
    }

    private WireReply Decide(WireRequest request)
    {
        var path = Below(request);
        var token = request.Authorization is { } header ? header.Replace("Bearer ", "", StringComparison.Ordinal) : null;
        if (!request.Headers.ContainsKey("user-agent"))
        {
            return GitHubDocuments.Error(403, "Request forbidden by administrative rules.");
        }

        if (token is not (null or WriteToken or ReadToken))
        {
            return GitHubDocuments.Error(401, "Bad credentials");
        }

        var documents = new GitHubDocuments(Root, prefix.Length == 0 ? Root : Root.Replace("/api/v3", "/api/uploads", StringComparison.Ordinal), Rules.Repository);
        return path == "rate_limit"
            ? GitHubDocuments.Reply(200, GitHubDocuments.Limits(Limit, Limit - used, Rules.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()))
            : new GitHubCall(Rules, documents, files.Host, request, path, token).Answer();
    }

    // A page that the other side has counts against no limit.
    private WireReply Versioned(WireRequest request, WireReply reply)
    {
        if (request.Method != "GET" || reply.Status != 200)
        {
            used++;
            return WithLimit(reply);
        }

        var version = $"W/\"{Convert.ToHexStringLower(SHA256.HashData([.. reply.Body, .. Encoding.UTF8.GetBytes(request.Authorization ?? "")]))}\"";
        if (request.Headers.GetValueOrDefault("if-none-match") == version)
        {
            return WithLimit(new WireReply(304, ("ETag", version)));
        }

        used += Below(request) == "rate_limit" ? 0 : 1;
        return WithLimit(new WireReply(reply.Status, [.. reply.Headers, ("ETag", version)]) { Body = reply.Body });
    }

    private WireReply WithLimit(WireReply reply) => new(
        reply.Status,
        [.. reply.Headers, ("X-RateLimit-Limit", $"{Limit}"), ("X-RateLimit-Remaining", (Limit - used).ToString(CultureInfo.InvariantCulture)), ("X-RateLimit-Reset", $"{Rules.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}")])
    {
        Body = reply.Body,
    };

    private WireReply AnswerFile(WireRequest request)
    {
        lock (gate)
        {
            // What a signed address is for needs no token, and takes none.
            return request.Authorization is not null ? WireReply.Of(400, "Only one auth mechanism allowed")
                : Rules.FindAsset(long.Parse(request.Path[1..], CultureInfo.InvariantCulture)) is { } asset ? new WireReply(200, ("Content-Type", "application/octet-stream")) { Body = asset.Bytes }
                : new WireReply(404);
        }
    }

    private string Below(WireRequest request)
    {
        var path = request.Path;
        return prefix.Length == 0 ? path[1..]
            : path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[(prefix.Length + 1)..]
            : path.StartsWith("/api/uploads/", StringComparison.Ordinal) ? path["/api/uploads/".Length..]
            : path;
    }
}
