using System.Text;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Programs;

/// <summary>The names that images have for a while in a builder's own storage, so that they can be told from the user's.</summary>
internal sealed class StorageNames(string session, ImageName image)
{
    private const string Root = "localhost/graft-run";
    /// <summary>What all names of a session begin with.</summary>
    public static string SessionPrefix(string session) => $"{Root}/{Part(session)}/";

    /// <summary>A base image's; the same for all that stand on it.</summary>
    public string Base(Digest manifest) => $"{SessionPrefix(session)}base:{manifest.Hex[..16]}";

    /// <summary>The built image's.</summary>
    public string Built(Platform platform) => $"{SessionPrefix(session)}{Part(image.Text)}/image:{Part(platform.ToString())}";

    // A part of a repository name: lower-case letters and digits with single separators (distribution's grammar). The hash keeps apart what that makes alike.
    private static string Part(string text)
    {
        const int longest = 60;
        var part = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                part.Append(c);
            }
            else if (part.Length > 0 && part[^1] != '-')
            {
                part.Append('-');
            }
        }

        return $"{(part.Length > longest ? part.ToString()[..longest] : part.ToString()).TrimEnd('-')}-{Digest.Of(Encoding.UTF8.GetBytes(text)).Hex[..8]}".TrimStart('-');
    }
}
