using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Graft.Core.Dockerfiles;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// BuildKit behind <c>docker-buildx</c>, for builds of which only the files are looked at. The daemon is the one that DOCKER_HOST names. Where ours is
/// known to differ from it, <c>docs/dockerfiles.md</c> says why.
/// </summary>
internal sealed partial class BuildKit(string buildx) : IReferenceBuilder
{
    private readonly string folder = Directory.CreateTempSubdirectory("graft-buildkit-").FullName;
    private int builds;

    /// <inheritdoc/>
    public async Task<ReferenceResult> BuildAsync(string checkout, string dockerfile, string context)
    {
        var files = Path.Combine(folder, $"files-{++builds}.tar");
        var start = new ProcessStartInfo(buildx, [
            "build", "--network=none", "--no-cache", "--provenance=false", "--progress=plain", "--file", Path.Combine(checkout, dockerfile),
            "--output", $"type=tar,dest={files}", Path.Combine(checkout, context)])
        { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
        {
            return new ReferenceResult(ExportedFiles.Read(files), null, null);
        }

        var said = await error;
        return new ReferenceResult(null, said, Place().Match(said) is { Success: true } place ? int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture) : null);
    }

    /// <inheritdoc/>
    public Task<(int Line, string Why)?> FindKnownLineAsync(Comparison comparison) => Task.FromResult<(int, string)?>(comparison switch
    {
        { Ours: { Line: { } line, Error: { } refusal } } when refusal.Contains("sources cannot be copied to", StringComparison.Ordinal) => (line, "several files to one name"),
        { Ours.Files: not null, Theirs: { Line: { } line, Error: { } error } } when IsForLinkToNothing(comparison.Context, line, error) => (line, "a link to nothing below what a wildcard matches"),
        _ => null,
    });

    /// <inheritdoc/>
    public string? FindKnownFiles(Comparison comparison) =>
        comparison is not { Ours.Files: not null, Theirs.Files: not null } ? null
        : IsListedOnly(comparison) ? "a file that is listed and cannot be read"
        : IsBehindLink(comparison) ? "what a link leads to below a wildcard"
        : null;

    private static bool IsListedOnly(Comparison comparison)
    {
        var rules = IgnoreRules.Parse(comparison.Context.Ignore, comparison.Context.IgnoreFile);
        return !comparison.OnlyOurs.Any() && comparison.Context.Paths.Any(path => rules.IsIgnored(path) && !rules.IsIgnoredByAll(path))
            && comparison.OnlyTheirs.All(line => !line.Contains(" = ", StringComparison.Ordinal));
    }

    private static bool IsBehindLink(Comparison comparison) => !comparison.OnlyTheirs.Any()
        && comparison.Context.Instructions.Exists(instruction => instruction.Split('/')[..^1].Any(PathPattern.HasWildcards))
        && comparison.OnlyOurs.All(line => comparison.Context.Links.Any(link => line.Contains(" = " + link.Target.Replace("../", "", StringComparison.Ordinal), StringComparison.Ordinal)));

    private static bool IsForLinkToNothing(RandomContext context, int line, string error) =>
        PathPattern.HasWildcards(context.Instructions[line - 1]) && MissingTarget().Match(error) is { Success: true } missing
        && context.Links.Any(link => missing.Groups["path"].Value.EndsWith("/" + link.Target.Replace("../", "", StringComparison.Ordinal), StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex(@"^ *(?<line>\d+) \| >>> ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    [GeneratedRegex("failed to calculate checksum of ref [^\"]*\"(?<path>[^\"]*)\": not found", RegexOptions.ExplicitCapture)]
    private static partial Regex MissingTarget();
}
