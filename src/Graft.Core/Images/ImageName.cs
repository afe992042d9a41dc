using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>
/// A repository name such as <c>acme/core-api</c> or <c>localhost:5000/x</c>, by the grammar of the distribution project.
/// It keeps the text as written; equality is that of the normalised name (<c>docker.io/library/x</c> = <c>x</c>).
/// </summary>
public sealed partial class ImageName : IEquatable<ImageName>
{
    /// <summary>The registry of a name that says none.</summary>
    public const string DefaultRegistry = "docker.io";

    private const int MaximumLength = 255;

    private ImageName(string text, string? host, string path)
    {
        Text = text;
        Host = host;
        Registry = host is null or "index.docker.io" ? DefaultRegistry : host.ToLowerInvariant();
        Repository = Registry == DefaultRegistry && !path.Contains('/', StringComparison.Ordinal) ? "library/" + path : path;
    }

    /// <summary>The name as written.</summary>
    public string Text { get; }

    /// <summary>The host (with port) as written, or null when the name says none.</summary>
    public string? Host { get; }

    /// <summary>The normalised registry host, with port where there is one.</summary>
    public string Registry { get; }

    /// <summary>The normalised path within the registry.</summary>
    public string Repository { get; }

    /// <summary>The normalised path as one would type it: on docker.io without <c>library/</c>.</summary>
    public string Familiar =>
        Registry == DefaultRegistry && Repository.StartsWith("library/", StringComparison.Ordinal) && Repository.LastIndexOf('/') == "library".Length
            ? Repository["library/".Length..]
            : Repository;

    /// <summary>Compares by normalised name.</summary>
    public static bool operator ==(ImageName? left, ImageName? right) => Equals(left, right);

    /// <summary>Compares by normalised name.</summary>
    public static bool operator !=(ImageName? left, ImageName? right) => !Equals(left, right);

    /// <summary>Reads a name without tag or digest; an input failure when it is not one.</summary>
    public static ImageName Parse(string text) =>
        TryParse(text, out var name) ? name : throw GraftException.Input($"'{text}' is not an image name");

    /// <summary>Reads a name without tag or digest.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageName? name)
    {
        name = null;
        if (text is null || text.Length > MaximumLength)
        {
            return false;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : text[..slash];
        // The distribution project's rule: the first component is a host when it has a dot or a port, is localhost, or has capitals.
        var hasHost = slash > 0 && (first.AsSpan().ContainsAny('.', ':') || first == "localhost" || first.Any(char.IsAsciiLetterUpper));
        var host = hasHost ? first : null;
        var path = hasHost ? text[(slash + 1)..] : text;
        if ((host is not null && !HostGrammar().IsMatch(host)) || !PathGrammar().IsMatch(path))
        {
            return false;
        }

        name = new ImageName(text, host, path);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(ImageName? other) => other is not null && Registry == other.Registry && Repository == other.Repository;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ImageName);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Registry, Repository);

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(@"\A(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostGrammar();

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathGrammar();
}
