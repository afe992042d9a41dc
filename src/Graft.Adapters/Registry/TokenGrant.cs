using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Graft.Adapters.Registry;

/// <summary>
/// What a token lets its bearer do, where it says that: many are JSON web tokens with a claim <c>access</c> (distribution project, "Token Authentication
/// Implementation"). Nothing is trusted of it: a registry that thinks otherwise says so.
/// </summary>
internal static class TokenGrant
{
    /// <summary>The actions that a token grants on a repository; null when it does not say.</summary>
    public static IReadOnlyList<string>? FindActions(string token, string repository)
    {
        if (token.Split('.') is not [_, var claims, _])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            var access = document.RootElement.GetProperty("access");
            return access.ValueKind == JsonValueKind.Array
                ? [.. access.EnumerateArray()
                    .Where(grant => grant.GetProperty("type").GetString() == "repository" && grant.GetProperty("name").GetString() == repository)
                    .SelectMany(grant => grant.GetProperty("actions").EnumerateArray())
                    .Select(action => action.GetString() ?? "")]
                : null;
        }
        catch (Exception opaque) when (opaque is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }
}
