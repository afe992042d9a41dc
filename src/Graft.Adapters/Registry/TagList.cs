using System.Net;
using System.Text.Json;
using Graft.Adapters.Http;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Adapters.Registry;

/// <summary>Reads the tags of a repository, page by page (distribution spec, "Listing Tags"). A list without an end is an outside failure.</summary>
internal sealed class TagList(RegistryRepository repository)
{
    private const int MostPages = 1000;
    private const int MostTags = 200_000;
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>The tags in ordinal order, each once; none for a repository that is not there.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = $"/v2/{repository.Path}/tags/list?n=1000"; next is not null;)
        {
            if (!seen.Add(next) || seen.Count > MostPages || tags.Count > MostTags)
            {
                throw GraftException.Outside($"the list of tags of '{repository.Name}' has no end");
            }

            next = await ReadPageAsync(next, tags, cancellationToken);
        }

        return [.. tags];
    }

    private Task<string?> ReadPageAsync(string page, SortedSet<string> tags, CancellationToken cancellationToken) => repository.Host.RunAsync(
        async token =>
        {
            using var reply = await repository.Host.SendAsync(new RegistryRequest(HttpMethod.Get, page, new Scope(repository.Path)), token);
            if (reply.Status == HttpStatusCode.NotFound)
            {
                return null;
            }

            if (reply.Status != HttpStatusCode.OK)
            {
                throw await RegistryErrors.UnexpectedAsync(reply, $"'{repository.Name}'", token);
            }

            var next = NextPage.Of(reply);
            var body = await reply.ReadAsync(MostBytes, token)
                ?? throw GraftException.Outside($"a list of tags of '{repository.Name}' has more than {MostBytes} bytes");
            tags.UnionWith(Parse(body));
            return next;
        },
        cancellationToken);

    // What is no tag by the grammar cannot be asked for; some registries list such.
    private List<string> Parse(byte[] json) => ImageJson.Read(json, $"the list of tags of {repository.Name}", root =>
        root.GetProperty("tags") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(ImageJson.Text).Where(tag => ImageVersion.TryParse(tag, out var version) && version.Digest is null).ToList()
            : []);
}
