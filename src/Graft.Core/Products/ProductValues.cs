using System.Text.RegularExpressions;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Products;

/// <summary>The grammars of graft.yaml's values; each gives the value back, or an input failure at its place.</summary>
internal static partial class ProductValues
{
    public static string Name(string text, SourceLocation place) =>
        IsName(text) ? text : throw place.Error($"'{text}' is not a product name", "it is made of letters, digits, `.`, `_` and `-`");

    /// <summary>A path below the root, without <c>./</c> and a last slash; the root itself is <c>.</c>.</summary>
    public static string Folder(string text, SourceLocation place)
    {
        if (RepositoryPath.FindProblem(text) is { } problem)
        {
            throw place.Error($"the path{(text.Length == 0 ? "" : $" '{text}'")} {problem}", "paths are relative to the repository's root, without `..`");
        }

        var parts = text.Split('/').Where(part => part is not ("" or ".")).ToList();
        return parts.Count == 0 ? "." : string.Join('/', parts);
    }

    public static string File(string text, SourceLocation place) =>
        Folder(text, place) is var path && path == "." ? throw place.Error($"'{text}' is a folder, not a file") : path;

    /// <summary>A program that prepares a build: a path below the root, or a word that is looked up in PATH.</summary>
    public static string Program(string text, SourceLocation place) => text.Contains('/', StringComparison.Ordinal) ? File(text, place) : Word(text, place);

    /// <summary>A word of a command line.</summary>
    public static string Word(string text, SourceLocation place) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw place.Error("the word holds a NUL character") : text;

    public static string Glob(string text, SourceLocation place)
    {
        var path = File(text, place);
        return Products.Glob.TryParse(path, out _, out var problem) ? path : throw place.Error($"'{text}' is not a path or a glob: {problem}");
    }

    /// <summary>Where a secret is: a variable's name, or a path, which may be anywhere, since secrets are in no repository.</summary>
    public static string Secret(string text, SourceLocation place) =>
        text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw place.Error("a secret has no place", "write the name of an environment variable, or a path, like `./token` or `~/.netrc`");

    public static string BuilderInstance(string text, SourceLocation place) =>
        IsName(text) ? text : throw place.Error($"'{text}' is not the name of a builder", "`docker buildx ls` lists them");

    /// <summary>Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; not an option.</summary>
    public static bool IsName(string text) => NameGrammar().IsMatch(text);

    public static string TagTemplate(string text, SourceLocation place)
    {
        if (!text.Contains("{name}", StringComparison.Ordinal))
        {
            throw place.Error($"the tag '{text}' has no `{{name}}`", "every release needs a tag of its own, like `v{name}`");
        }

        return IsGitName(text.Replace("{name}", "3.2.202501010000", StringComparison.Ordinal))
            ? text
            : throw place.Error($"'{text}' does not make a git tag", "git's rules are in `git help check-ref-format`");
    }

    public static string GitName(string text, SourceLocation place) =>
        IsGitName(text) ? text : throw place.Error($"'{text}' is not a name that git takes", "git's rules are in `git help check-ref-format`");

    public static string Host(string text, SourceLocation place) =>
        IsHost(text) ? text : throw place.Error($"'{text}' is not a registry host", "a host is like `docker.io` or `localhost:5000`");

    public static string Registry(string text, SourceLocation place) =>
        Prefixed(text, "layout:", place)
        ?? (IsHost(text) || (ImageName.TryParse(text, out var below) && below.Host is not null) ? text : throw place.Error($"'{text}' is not a registry", "it is `layout:FOLDER`, or a host like `docker.io` or `localhost:5000`, perhaps with a path: `ghcr.io/acme`"));

    public static string Publisher(string text, SourceLocation place) =>
        Prefixed(text, "folder:", place)
        ?? (GitHubGrammar().IsMatch(text) ? text : throw place.Error($"'{text}' is not a publisher", "it is `folder:FOLDER` or `github:OWNER/REPO`"));

    // The address may hold a password where it should not, so it is not repeated.
    public static string Api(string text, SourceLocation place) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? text.TrimEnd('/')
            : throw place.Error("the address of the API is not one", "it begins with `https://`, and holds no credentials");

    private static string? Prefixed(string text, string prefix, SourceLocation place) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? prefix + Folder(text[prefix.Length..], place) : null;

    private static bool IsHost(string text) => ImageName.TryParse(text + "/x", out var name) && name.Host == text;

    // git-check-ref-format(1), for a name below refs/heads or refs/tags; a leading dash would read as an option.
    internal static bool IsGitName(string text) =>
        text.Length > 0 && text[0] != '-' && text != "@" && !text.EndsWith('.') && !GitForbidden().IsMatch(text)
        && text.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameGrammar();

    [GeneratedRegex(@"\Agithub:[A-Za-z0-9][A-Za-z0-9_-]*/(?!\.{1,2}\z)[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubGrammar();

    [GeneratedRegex(@"[\x00-\x20\x7F~^:?*\[\\]|\.\.|@\{", RegexOptions.CultureInvariant)]
    private static partial Regex GitForbidden();
}
