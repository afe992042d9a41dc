using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Graft.Core.Images;

namespace Graft.Testing.Registries;

/// <summary>What a registry in order answers, with its content in memory; tests put their faults before it. It answers by the letter of the distribution spec.</summary>
public sealed partial class MemoryRegistry
{
    private int uploads;

    /// <summary>Blobs by digest, whatever the repository.</summary>
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Manifests by <c>REPOSITORY:TAG</c> or <c>REPOSITORY@DIGEST</c>.</summary>
    public ConcurrentDictionary<string, (string Type, byte[] Bytes)> Manifests { get; } = new(StringComparer.Ordinal);

    /// <summary>Uploads under way.</summary>
    public ConcurrentDictionary<string, byte[]> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>An image of one layer that is in no registry yet.</summary>
    public static StoredImage ImageOf(byte[] layer)
    {
        var source = new MemoryRegistry();
        source.Add("image", "1", layer);
        var (type, bytes) = source.Manifests["image:1"];
        var descriptor = source.Describe(type, bytes);
        return new StoredImage(descriptor, [descriptor], new Content(source));
    }

    /// <summary>An index of images of one layer, each for a platform of linux, that is in no registry yet.</summary>
    public static StoredImage IndexOf(params (string Architecture, byte[] Layer)[] images)
    {
        var source = new MemoryRegistry();
        var manifests = new List<Descriptor>();
        foreach (var (architecture, layer) in images)
        {
            source.Add("image", architecture, layer, architecture);
            var (type, bytes) = source.Manifests[$"image:{architecture}"];
            manifests.Add(source.Describe(type, bytes) with { Platform = Platform.Parse($"linux/{architecture}") });
        }

        return new StoredImage(source.Describe(MediaTypes.OciIndex, new ImageIndex(MediaTypes.OciIndex, manifests).ToJson()), manifests, new Content(source));
    }

    /// <summary>Puts an image of one layer in, under a tag and its digest; its digest.</summary>
    public string Add(string repository, string tag, byte[] layer, string architecture = "amd64")
    {
        var config = Encoding.UTF8.GetBytes($$$"""{"architecture":"{{{architecture}}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}""");
        var manifest = new ImageManifest(MediaTypes.OciManifest, Describe(MediaTypes.OciConfig, config), [Describe(MediaTypes.OciLayer, layer)]).ToJson();
        return Put(repository, tag, MediaTypes.OciManifest, manifest);
    }

    /// <summary>Puts a manifest in, under a tag and its digest; its digest.</summary>
    public string Put(string repository, string tag, string type, byte[] manifest)
    {
        var digest = Digest.Of(manifest).ToString();
        Manifests[$"{repository}:{tag}"] = (type, manifest);
        Manifests[$"{repository}@{digest}"] = (type, manifest);
        return digest;
    }

    /// <summary>The answer to a request.</summary>
    public WireReply Answer(WireRequest request)
    {
        if (request.Path == "/v2/")
        {
            return WireReply.Of(200, "{}");
        }

        if (PathGrammar().Match(request.Path) is not { Success: true } match)
        {
            return WireReply.Of(404, "<html>no such page</html>");
        }

        var (repository, kind, name) = (match.Groups["repository"].Value, match.Groups["kind"].Value, match.Groups["name"].Value);
        return kind switch
        {
            "manifests" => AnswerManifest(request, repository, name),
            "blobs" => Blobs.TryGetValue(name, out var blob) ? AnswerBlob(request, blob) : WireReply.Error(404, "BLOB_UNKNOWN"),
            "tags" => AnswerTags(repository),
            _ => AnswerUpload(request, repository, name),
        };
    }

    /// <summary>What describes some bytes; they are put in as a blob.</summary>
    public Descriptor Describe(string type, byte[] bytes)
    {
        Blobs[Digest.Of(bytes).ToString()] = bytes;
        return new Descriptor(type, Digest.Of(bytes), bytes.Length);
    }

    private WireReply AnswerManifest(WireRequest request, string repository, string name)
    {
        var key = name.Contains(':', StringComparison.Ordinal) ? $"{repository}@{name}" : $"{repository}:{name}";
        if (request.Method == "PUT")
        {
            Manifests[key] = (request.Headers["content-type"], request.Body);
            Manifests[$"{repository}@{Digest.Of(request.Body)}"] = Manifests[key];
            return new WireReply(201, ("Docker-Content-Digest", Digest.Of(request.Body).ToString()));
        }

        return Manifests.TryGetValue(key, out var found)
            ? new WireReply(200, ("Content-Type", found.Type), ("Docker-Content-Digest", Digest.Of(found.Bytes).ToString())) { Body = found.Bytes }
            : WireReply.Error(404, "MANIFEST_UNKNOWN");
    }

    private static WireReply AnswerBlob(WireRequest request, byte[] blob)
    {
        if (request.Headers.GetValueOrDefault("range") is not { } range)
        {
            return new WireReply(200) { Body = blob };
        }

        var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        return new WireReply(206, ("Content-Range", $"bytes {from}-{blob.Length - 1}/{blob.Length}")) { Body = blob[from..] };
    }

    private WireReply AnswerTags(string repository)
    {
        var tags = Manifests.Keys.Where(key => key.StartsWith(repository + ":", StringComparison.Ordinal)).Select(key => $"\"{key[(repository.Length + 1)..]}\"");
        return WireReply.Of(200, $$"""{"name":"{{repository}}","tags":[{{string.Join(',', tags)}}]}""");
    }

    private WireReply AnswerUpload(WireRequest request, string repository, string name)
    {
        if (request.Method == "POST")
        {
            name = $"{Interlocked.Increment(ref uploads)}";
            Uploads[name] = [];
        }
        else if (!Uploads.TryGetValue(name, out var before))
        {
            return WireReply.Error(404, "BLOB_UPLOAD_UNKNOWN");
        }
        else if (request.Method == "DELETE")
        {
            Uploads.TryRemove(name, out _);
            return new WireReply(204);
        }
        else
        {
            Uploads[name] = [.. before, .. request.Body];
        }

        if (request.Method != "PUT")
        {
            return new WireReply(202, ("Location", $"/v2/{repository}/blobs/uploads/{name}?state=a%2Fb"));
        }

        var digest = request.Query.Split("digest=")[^1];
        if (Digest.Of(Uploads[name]).ToString() != digest)
        {
            return WireReply.Error(400, "DIGEST_INVALID");
        }

        Blobs[digest] = Uploads[name];
        return new WireReply(201, ("Docker-Content-Digest", digest));
    }

    [GeneratedRegex(@"\A/v2/(?<repository>.+)/(?<kind>manifests|blobs/uploads|blobs|tags)/(?<name>[^/]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathGrammar();

    private sealed class Content(MemoryRegistry source) : IBlobSource
    {
        public Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken) =>
            Task.FromResult<Stream>(new MemoryStream(source.Blobs[descriptor.Digest.ToString()], writable: false));
    }
}
