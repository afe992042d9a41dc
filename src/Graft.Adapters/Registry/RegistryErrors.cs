using System.Net;
using System.Text.Json;
using Graft.Adapters.Http;
using Graft.Core.Failures;

namespace Graft.Adapters.Registry;

/// <summary>What registries answer instead of what was asked (distribution spec, "Error Codes"), in words.</summary>
internal static class RegistryErrors
{
    private const long Limit = 64 * 1024;
    private const int MostWords = 200;

    /// <summary>The first error's code and message; null when the body has none, or is too long to be one. Nothing in it reaches a terminal as a control character.</summary>
    public static async Task<string?> ReadAsync(HttpReply reply, CancellationToken cancellationToken)
    {
        try
        {
            if (await reply.ReadAsync(Limit, cancellationToken) is not { Length: > 0 } body)
            {
                return null;
            }

            using var document = JsonDocument.Parse(body);
            var error = document.RootElement.GetProperty("errors").EnumerateArray().First();
            string Text(string name) => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            var words = new string([.. $"{Text("code")}: {Text("message")}".Select(c => char.IsControl(c) ? ' ' : c)]).Trim(' ', ':');
            return words.Length > MostWords ? words[..MostWords] + "…" : words;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or HttpFaultException)
        {
            return null;
        }
    }

    /// <summary>Passes a reply on unless the server is too busy for one.</summary>
    public static async Task<HttpReply> ThrowIfBusyAsync(HttpReply reply, CancellationToken cancellationToken)
    {
        if (reply.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError) || reply.Status == HttpStatusCode.NotImplemented)
        {
            return reply;
        }

        using (reply)
        {
            var words = await ReadAsync(reply, cancellationToken);
            var wait = reply.RetryAfter is { } seconds ? $", and asks to wait {Math.Ceiling(seconds.TotalSeconds)} seconds" : "";
            throw new HttpFaultException(HttpFault.Busy, $"it answers {(int)reply.Status}{wait}{(words is null ? "" : $": {words}")}") { RetryAfter = reply.RetryAfter };
        }
    }

    /// <summary>An answer that nobody expects here.</summary>
    public static async Task<GraftException> UnexpectedAsync(HttpReply reply, string subject, CancellationToken cancellationToken) =>
        reply.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
            ? GraftException.Outside($"access to {subject} is denied{Words(await ReadAsync(reply, cancellationToken))}")
            : GraftException.Outside($"{subject}: {reply.Method} is answered with {(int)reply.Status}{Words(await ReadAsync(reply, cancellationToken))}");

    /// <summary>A refusal of what is wanted, whoever the registry takes the user for.</summary>
    public static async Task<GraftException> DeniedAsync(HttpReply refusal, string registry, Scope scope, CancellationToken cancellationToken)
    {
        var words = Words(await ReadAsync(refusal, cancellationToken));
        return GraftException.Outside(
            scope.Writes ? $"'{registry}/{scope.Repository}' may not be pushed to{words}" : $"access to '{registry}/{scope.Repository}' is denied{words}",
            $"{LogIn(registry)}, as somebody who may");
    }

    /// <summary>A refusal of a push.</summary>
    public static GraftException DeniesPush(RegistryRepository repository, string? words) =>
        GraftException.Outside($"'{repository.Name}' may not be pushed to{Words(words)}", $"{LogIn(repository.Host.Name)}, as somebody who may; or see that `registry` in graft.yaml is right");

    public static GraftException WantsCredentials(string registry) =>
        GraftException.Outside($"'{registry}' wants credentials, and there are none for it", LogIn(registry));

    public static GraftException RefusesCredentials(string registry, string? words) =>
        GraftException.Outside($"'{registry}' does not accept the credentials that there are for it{Words(words)}", LogIn(registry));

    public static GraftException Withheld(string registry, string site) => GraftException.Outside(
        $"'{registry}' denies access, and wants its log-in at '{site}', which belongs to somebody else",
        $"if that is right, store the log-in under `{site}` too, beside that of `{registry}`");

    /// <summary>What a registry said, as the end of a sentence.</summary>
    public static string Words(string? words) => words is null ? "" : ": " + words;

    private static string LogIn(string registry) => $"`docker login{(registry == Core.Images.ImageName.DefaultRegistry ? "" : " " + registry)}`, or `podman login`";
}
