using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>A container store of buildah's own, for builds of which only the files are looked at.</summary>
internal sealed partial class BuildahStore : IReferenceBuilder
{
    private readonly string folder = Directory.CreateTempSubdirectory("graft-buildah-").FullName;
    private int builds;

    /// <inheritdoc/>
    public async Task<ReferenceResult> BuildAsync(string checkout, string dockerfile, string context)
    {
        var files = Path.Combine(folder, $"files-{++builds}.tar");
        var start = new ProcessStartInfo("buildah", [
            "--storage-driver", "vfs", "--root", Path.Combine(folder, "root"), "--runroot", Path.Combine(folder, "run"),
            "build", "--isolation", "chroot", "--layers=false", "--file", Path.Combine(checkout, dockerfile),
            "--output", $"type=tar,dest={files}", Path.Combine(checkout, context)])
        { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new ReferenceResult(ExportedFiles.Read(files), null, null)
            : new ReferenceResult(null, await error, LineOf(said, Path.Combine(checkout, dockerfile)));
    }

    /// <inheritdoc/>
    public Task<(int Line, string Why)?> FindKnownLineAsync(Comparison comparison) => BuildahDifferences.FindLineAsync(comparison);

    /// <inheritdoc/>
    public string? FindKnownFiles(Comparison comparison) => BuildahDifferences.FindFiles(comparison);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Each line is an instruction, and the last step that was begun is the one that failed.
    private static int? LineOf(string said, string dockerfile)
    {
        if (Step().Matches(said) is not [.., var last])
        {
            return null;
        }

        var stage = last.Groups["stage"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 1;
        var lines = File.ReadAllLines(dockerfile);
        var from = Enumerable.Range(0, lines.Length).Where(line => lines[line].StartsWith("FROM ", StringComparison.Ordinal)).ElementAt(stage - 1);
        return from + int.Parse(last.Groups["step"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(\[(?<stage>\d+)/\d+\] )?STEP (?<step>\d+)/\d+:", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
