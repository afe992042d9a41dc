namespace Graft.Adapters.Http;

/// <summary>Lists that come in pages (RFC 8288: <c>&lt;/list?page=2&gt;; rel="next"</c>).</summary>
internal static class NextPage
{
    /// <summary>Path and query of the next page, or null on the last. A list goes on where it began, whatever host the header names.</summary>
    public static string? Of(HttpReply reply) => Of(reply, "next");

    /// <summary>The same for another relation, such as <c>last</c>.</summary>
    public static string? Of(HttpReply reply, string relation)
    {
        foreach (var link in (reply.Headers.TryGetValues("Link", out var links) ? links : []).SelectMany(line => line.Split(", <")))
        {
            var end = link.IndexOf('>', StringComparison.Ordinal);
            if (end > 0 && link[end..].Contains(relation, StringComparison.Ordinal) && Uri.TryCreate(reply.Address, link[..end].TrimStart(' ', '<'), out var page))
            {
                return page.PathAndQuery;
            }
        }

        return null;
    }
}
