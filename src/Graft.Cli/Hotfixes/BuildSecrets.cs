using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Cli.Hotfixes;

/// <summary>
/// Where the secrets of a build are on this machine: a name is that of an environment variable, anything else a path, with <c>~/</c> for the home folder and
/// relative to the repository's root. Values are read by nobody here.
/// </summary>
internal static class BuildSecrets
{
    /// <summary>The secrets of an image.</summary>
    public static IReadOnlyList<BuildSecret> Of(ImageSource source, string root) =>
        [.. source.Secrets.Select(secret => IsVariable(secret.Value) ? new BuildSecret(secret.Key, secret.Value, null) : new BuildSecret(secret.Key, null, PathOf(secret.Value, root)))];

    /// <summary>An input failure for a secret that is not there, before anything is built.</summary>
    public static void Require(ImageSource source, string root)
    {
        foreach (var (id, variable, file) in Of(source, root))
        {
            if (variable is not null && Environment.GetEnvironmentVariable(variable) is null)
            {
                throw GraftException.Input($"'{source.Image}' needs the secret '{id}', and the environment has no '{variable}'", $"set `{variable}`, or write a path: `secrets: {{ {id}: ./{variable} }}`");
            }

            if (file is not null && !File.Exists(file))
            {
                throw GraftException.Input($"'{source.Image}' needs the secret '{id}', and there is no file '{DisplayPath.Of(file)}'");
            }
        }
    }

    private static bool IsVariable(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string PathOf(string text, string root) =>
        text.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), text[2..])
            : Path.GetFullPath(Path.Combine(root, text));
}
