using System.Text;
using Graft.Testing;

namespace Graft.Cli.Tests.BadInput;

/// <summary>Ways to spoil a product. Paths are relative to its worktree.</summary>
internal static class Spoil
{
    public const string Release = SampleProduct.Release;
    public const string Manifest = $"releases/{Release}.yaml";

    /// <summary>More than any file of Graft's may have, and no room on the disk.</summary>
    public const long Huge = 100L * 1024 * 1024;

    public static void Write(this SampleProduct product, string path, string text) => product.Repository.Write(path, text);

    public static void WriteBytes(this SampleProduct product, string path, params ReadOnlySpan<byte> bytes) => File.WriteAllBytes(product.At(path), bytes);

    /// <summary>Replaces a text that has to be there in a file.</summary>
    public static void Replace(this SampleProduct product, string path, string old, string text)
    {
        var before = product.Read(path);
        Assert.Contains(old, before, StringComparison.Ordinal);
        product.Write(path, before.Replace(old, text, StringComparison.Ordinal));
    }

    /// <summary>The file in another encoding, with its byte order mark.</summary>
    public static void Encode(this SampleProduct product, string path, Encoding encoding) => File.WriteAllText(product.At(path), product.Read(path), encoding);

    /// <summary>A file cut off after some of its bytes.</summary>
    public static void Cut(this SampleProduct product, string path, int length) => File.WriteAllBytes(product.At(path), File.ReadAllBytes(product.At(path))[..length]);

    public static void Enlarge(this SampleProduct product, string path)
    {
        using var file = File.OpenWrite(product.At(path));
        file.SetLength(Huge);
    }

    public static void Pipe(this SampleProduct product, string path)
    {
        File.Delete(product.At(path));
        TemporaryRepository.Runner.RunAsync(new() { Program = "mkfifo", Arguments = [product.At(path)] }, CancellationToken.None).GetAwaiter().GetResult();
    }

    public static void Folder(this SampleProduct product, string path)
    {
        File.Delete(product.At(path));
        Directory.CreateDirectory(product.At(path));
    }

    /// <summary>Puts what is there elsewhere, and a link to it in its place.</summary>
    public static void LinkAway(this SampleProduct product, string path)
    {
        var elsewhere = product.Repository.Beside("elsewhere");
        if (Directory.Exists(product.At(path)))
        {
            Directory.Move(product.At(path), elsewhere);
        }
        else
        {
            File.Move(product.At(path), elsewhere);
        }

        File.CreateSymbolicLink(product.At(path), elsewhere);
    }

    public static void LinkNowhere(this SampleProduct product, string path)
    {
        File.Delete(product.At(path));
        File.CreateSymbolicLink(product.At(path), "nowhere");
    }

    /// <summary>Nobody may read it.</summary>
    public static void Close(this SampleProduct product, string path) => File.SetUnixFileMode(product.At(path), UnixFileMode.None);

    /// <summary>Nobody may write into it.</summary>
    public static void Protect(this SampleProduct product, string path) =>
        File.SetUnixFileMode(product.At(path), UnixFileMode.UserRead | UnixFileMode.UserExecute);

    /// <summary>A text without blanks around its lines, in which a character stands for each that cannot be written here.</summary>
    public static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
