using System.Diagnostics;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>A container store of buildah's own, for builds of which only the files are looked at.</summary>
internal sealed class BuildahStore : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("graft-buildah-").FullName;
    private int builds;

    /// <summary>The files of the last stage as <c>MODE PATH[ -> TARGET][ = CONTENT]</c>, or what buildah said when it refused.</summary>
    public async Task<(IReadOnlyList<string>? Files, string? Error)> BuildAsync(string checkout, string dockerfile, string ignoreFile, string context)
    {
        var files = Path.Combine(folder, $"files-{++builds}");
        var start = new ProcessStartInfo("buildah", [
            "--storage-driver", "vfs", "--root", Path.Combine(folder, "root"), "--runroot", Path.Combine(folder, "run"),
            "build", "--quiet", "--isolation", "chroot", "--layers=false", "--file", Path.Combine(checkout, dockerfile),
            // 1.28 does not find DOCKERFILE.dockerignore by itself.
            "--ignorefile", Path.Combine(checkout, ignoreFile),
            "--output", $"type=local,dest={files}", Path.Combine(checkout, context)])
        { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? ([.. List(new DirectoryInfo(files), "").Order(StringComparer.Ordinal)], null) : (null, await error);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<string> List(DirectoryInfo folder, string path)
    {
        foreach (var info in folder.EnumerateFileSystemInfos())
        {
            var below = path.Length == 0 ? info.Name : $"{path}/{info.Name}";
            if (info.LinkTarget is { } target)
            {
                yield return $"777 {below} -> {target}";
                continue;
            }

            var mode = Convert.ToString((int)info.UnixFileMode, 8);
            if (info is not DirectoryInfo inner)
            {
                yield return $"{mode} {below} = {File.ReadAllText(info.FullName)}".TrimEnd();
                continue;
            }

            yield return $"{mode} {below}";
            foreach (var line in List(inner, below))
            {
                yield return line;
            }
        }
    }
}
