using Graft.Core.Images;

namespace Graft.Core.Products;

/// <summary>
/// Reads the values of <c>contexts</c>: <c>docker-image://…</c> and the name of an image of the product are images, all else is a folder, though it may look
/// like an image's name.
/// </summary>
public static class NamedContext
{
    /// <summary>What a value begins with that is an image whatever it looks like.</summary>
    public const string ImageScheme = "docker-image://";

    /// <summary>Whether a value says itself that it is an image.</summary>
    public static bool HasScheme(string text) => text.StartsWith(ImageScheme, StringComparison.Ordinal);

    /// <summary>A value without the scheme, if it has it.</summary>
    public static string WithoutScheme(string text) => HasScheme(text) ? text[ImageScheme.Length..] : text;

    /// <summary>The image that a value would name; null when it has the shape of none.</summary>
    public static ImageName? FindImage(string text)
    {
        var reference = WithoutScheme(text);
        return ImageName.TryParse(reference, out var name) ? name
            : ImageReference.TryParse(reference, out var full) ? full.Name
            : null;
    }

    /// <summary>A value that says itself what it is: a folder as it is written, an image with the scheme.</summary>
    public static string Explicit(string text, Func<ImageName, bool> isOfProduct) => IsFolder(text, isOfProduct) || HasScheme(text) ? text : ImageScheme + text;

    /// <summary>Whether a value is a folder of the repository.</summary>
    public static bool IsFolder(string text, Func<ImageName, bool> isOfProduct) => !HasScheme(text) && !(FindImage(text) is { } image && isOfProduct(image));
}
