using System.Text.RegularExpressions;
using Graft.Testing;

namespace Graft.House.Tests;

/// <summary>What a machine can see of style in the files themselves.</summary>
public sealed partial class HandTests
{
    private const int MostLines = 300;

    [Fact]
    public void Files_are_short() =>
        Assert.Equal([], SourceFiles.Code().Select(path => (path, lines: SourceFiles.Lines(path).Length)).Where(file => file.lines > MostLines).Select(file => $"{file.path}: {file.lines} lines"));

    [Fact]
    public void Namespaces_are_folders() =>
        Assert.Equal([], SourceFiles.Code().Where(path => NamespaceOf(path) is { } name && name != Path.GetDirectoryName(path)!.Replace("src/", "", StringComparison.Ordinal).Replace("tests/", "", StringComparison.Ordinal).Replace('/', '.')));

    [Fact]
    public void No_regions() => AssertNone(SourceFiles.Code(), line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal));

    [Fact]
    public void Nothing_is_left_to_do() => AssertNone(SourceFiles.Code().Where(IsNotMe), line => LeftToDo().IsMatch(line));

    [Fact]
    public void Tests_do_not_sleep() =>
        AssertNone(SourceFiles.Code("tests/").Where(IsNotMe), line => line.Contains("Thread.Sleep", StringComparison.Ordinal) || line.Contains("Task.Delay", StringComparison.Ordinal));

    [Fact]
    public void No_path_of_somebodys_machine() =>
        AssertNone(SourceFiles.All.Where(IsNotMe).Where(IsText), line => MachinePath().IsMatch(line));

    [Fact]
    public void Names_mean_something() =>
        Assert.Equal([], SourceFiles.Code().Where(path => Vague().IsMatch(Path.GetFileNameWithoutExtension(path))));

    [Fact]
    public void Rules_that_were_switched_off_are_switched_off_where_they_may_be()
    {
        var suppressed = SourceFiles.Code("src/").Where(path => SourceFiles.Lines(path).Any(line => line.Contains("RS0030", StringComparison.Ordinal)));

        Assert.All(suppressed, path => Assert.Matches("^src/Graft.Adapters/(Processes|Http)/", path));
        Assert.Contains("T:System.Console;", File.ReadAllText(SourceTree.At("src/Graft.Cli/BannedSymbols.txt")), StringComparison.Ordinal);
        Assert.Contains("T:System.Diagnostics.Process;", File.ReadAllText(SourceTree.At("src/Graft.Cli/BannedSymbols.txt")), StringComparison.Ordinal);
        Assert.Contains("T:System.Diagnostics.Process;", File.ReadAllText(SourceTree.At("src/Graft.Adapters/BannedSymbols.txt")), StringComparison.Ordinal);
        Assert.Contains("T:System.Net.Http.HttpClient;", File.ReadAllText(SourceTree.At("src/Graft.Adapters/BannedSymbols.txt")), StringComparison.Ordinal);
        Assert.Contains("T:System.Net.Sockets.Socket;", File.ReadAllText(SourceTree.At("src/Graft.Cli/BannedSymbols.txt")), StringComparison.Ordinal);
        Assert.Contains("T:System.IO.File;", File.ReadAllText(SourceTree.At("src/Graft.Core/BannedSymbols.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Banned_symbols_are_in_force()
    {
        foreach (var project in new[] { "Graft.Core", "Graft.Adapters", "Graft.Cli" })
        {
            Assert.Contains("<AdditionalFiles Include=\"BannedSymbols.txt\" />", File.ReadAllText(SourceTree.At("src", project, $"{project}.csproj")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_its_packages_locked()
    {
        var solution = File.ReadAllText(SourceTree.At("Graft.slnx"));
        foreach (var project in SourceFiles.All.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && (path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("tests/", StringComparison.Ordinal))))
        {
            Assert.Contains(project, solution, StringComparison.Ordinal);
            Assert.Contains(Path.GetDirectoryName(project)!.Replace('\\', '/') + "/packages.lock.json", SourceFiles.All);
        }
    }

    [Fact]
    public void Warnings_are_errors_and_no_mocking_library_came_in()
    {
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", File.ReadAllText(SourceTree.At("Directory.Build.props")), StringComparison.Ordinal);
        Assert.DoesNotMatch("Moq|NSubstitute|FakeItEasy|FluentAssertions", File.ReadAllText(SourceTree.At("Directory.Packages.props")));
    }

    private static void AssertNone(IEnumerable<string> paths, Func<string, bool> condition) => Assert.Equal("", string.Join('\n', SourceFiles.Find(paths, condition)));

    // This file has to name what it looks for.
    private static bool IsNotMe(string path) => !path.EndsWith("/HandTests.cs", StringComparison.Ordinal);

    private static bool IsText(string path)
    {
        using var file = File.OpenRead(SourceTree.At(path));
        Span<byte> head = stackalloc byte[4096];
        return !head[..file.Read(head)].Contains((byte)0);
    }

    private static string? NamespaceOf(string path) =>
        SourceFiles.Lines(path).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line ? line["namespace ".Length..].TrimEnd(';', ' ', '{') : null;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftToDo();

    [GeneratedRegex(@"(?<![\w.{}*])/(work|root|Users|tmp/wt|home/[a-z]+)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(Helper|Helpers|Manager|Service|Util|Utils)$")]
    private static partial Regex Vague();
}
