using Graft.Adapters.Files;

namespace Graft.Cli.Commands.Doctor;

/// <summary>Room and leave to write where checkouts are made and where runs are kept.</summary>
internal static class DiskExamination
{
    private const long Gibibyte = 1024L * 1024 * 1024;

    // A checkout and a few layers; below the second, hardly a small one.
    private const long Enough = 2 * Gibibyte;
    private const long Least = Gibibyte / 4;

    public static Finding Of(string what, string folder, string remedy)
    {
        try
        {
            FolderTrial.Write(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Finding.Missing($"{what}, '{DisplayPath.Of(folder)}', cannot be written: {FileProblem.Reason(problem, null)}", remedy);
        }

        var free = FolderTrial.FreeBytes(folder);
        var words = $"{what}, '{DisplayPath.Of(folder)}': {Size(free)} free";
        return free < Least ? Finding.Missing(words, "make room: a hotfix keeps a checkout and what it builds there for a while")
            : free < Enough ? Finding.Note(words, "a checkout and large images may need more")
            : Finding.Ok(words);
    }

    private static string Size(long bytes) => bytes >= Gibibyte ? $"{bytes / Gibibyte} GiB" : $"{bytes / (1024 * 1024)} MiB";
}
