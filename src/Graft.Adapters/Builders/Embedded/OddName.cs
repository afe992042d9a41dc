using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>
/// Names on Unix are bytes. The platform makes text of them, with U+FFFD for every byte that is none, and with that neither finds the file again nor
/// tells two of them apart: an image would get another name than the file has.
/// </summary>
internal static partial class OddName
{
    private const char Replacement = '\uFFFD';
    private const int LongestTarget = 4096;

    /// <summary>Whether a name may have lost bytes, as far as its text can tell.</summary>
    public static bool MayBe(string text) => text.Contains(Replacement, StringComparison.Ordinal);

    /// <summary>Whether what was found in a folder is not what its name says; <paramref name="others"/> are the names found before it.</summary>
    public static bool Is(FileSystemInfo found, ICollection<string> others) =>
        MayBe(found.Name) && (others.Contains(found.Name) || !(Path.Exists(found.FullName) || new FileInfo(found.FullName).LinkTarget is not null));

    /// <summary>Whether a link leads elsewhere than its target's text says.</summary>
    public static bool HasOddTarget(FileSystemInfo link, string target)
    {
        if (!MayBe(target) || OperatingSystem.IsWindows())
        {
            return false;
        }

        var bytes = new byte[LongestTarget];
        var length = ReadLink(link.FullName, bytes, bytes.Length);
        return length < 0 || !Utf8.IsValid(bytes.AsSpan(0, (int)length));
    }

    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ReadLink(string path, [Out] byte[] buffer, nint size);
}
