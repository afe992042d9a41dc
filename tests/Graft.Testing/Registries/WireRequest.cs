using System.Text;

namespace Graft.Testing.Registries;

/// <summary>A request as it came over the wire; header names in lower case.</summary>
public sealed record WireRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The target's path.</summary>
    public string Path => Target.Split('?', 2)[0];

    /// <summary>The target's query, decoded; empty without one.</summary>
    public string Query => Target.Split('?', 2) is [_, var query] ? Uri.UnescapeDataString(query) : "";

    /// <summary>The header that says who asks, or null.</summary>
    public string? Authorization => Headers.GetValueOrDefault("authorization");

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Target}";
}

/// <summary>A reply to put on the wire.</summary>
public sealed record WireReply(int Status, params IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>The bytes that are sent after the head.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The length that the head says; more than there is makes a reply that is cut off.</summary>
    public long? Announced { get; init; }

    /// <summary>Whether the connection is left open without a further byte after what there is.</summary>
    public bool Hangs { get; init; }

    /// <summary>No reply: the connection ends.</summary>
    public static WireReply Nothing { get; } = new(0);

    /// <summary>A reply with a text.</summary>
    public static WireReply Of(int status, string text, params IReadOnlyList<(string Name, string Value)> headers) =>
        new(status, headers) { Body = Encoding.UTF8.GetBytes(text) };

    /// <summary>An error in the form of the distribution spec.</summary>
    public static WireReply Error(int status, string code, params IReadOnlyList<(string Name, string Value)> headers) =>
        Of(status, $$"""{"errors":[{"code":"{{code}}","message":"so it is"}]}""", [("Content-Type", "application/json"), .. headers]);
}
