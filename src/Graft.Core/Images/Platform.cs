using System.Diagnostics.CodeAnalysis;
using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>What an image runs on, written <c>OS/ARCHITECTURE[/VARIANT]</c> (OCI image index, <c>platform</c>).</summary>
public sealed record Platform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>What an image is built for when nothing says otherwise.</summary>
    public static Platform Default { get; } = new("linux", "amd64");

    /// <summary>Reads <c>OS/ARCHITECTURE[/VARIANT]</c>; an input failure when it is not one.</summary>
    public static Platform Parse(string text) =>
        TryParse(text, out var platform) ? platform : throw GraftException.Input($"'{text}' is not a platform", "a platform is `linux/amd64` or `linux/arm64/v8`");

    /// <summary>Reads <c>OS/ARCHITECTURE[/VARIANT]</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Platform? platform)
    {
        var parts = text?.Split('/') ?? [];
        var valid = parts.Length is 2 or 3 && parts.All(part => part.Length > 0 && char.IsAsciiLetterOrDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'));
        platform = valid ? new Platform(parts[0], parts[1], parts.ElementAtOrDefault(2)) : null;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}
