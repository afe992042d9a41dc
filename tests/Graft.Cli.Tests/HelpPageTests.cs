using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>The pages in docs/commands begin with what <c>--help</c> says; what stands below is written by hand.</summary>
public sealed class HelpPageTests
{
    public static TheoryData<string> Commands { get; } =
    [
        "hotfix start", "hotfix pick", "hotfix affected", "hotfix review", "hotfix generate", "hotfix resume", "hotfix runs", "hotfix abandon",
        "release download", "release list", "release show", "release diff", "release tree", "release images", "release verify", "release publish",
        "init", "doctor", "demo",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Is_what_help_says(string command)
    {
        using var folder = new TemporaryFolder();

        var help = new GraftRun { Directory = folder.Path, Home = folder.At("user") }.Run([.. command.Split(' '), "--help"]).Succeeded();

        Assert.Equal("", help.Error);
        var text = string.Join('\n', help.Output.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()));
        Golden.CheckExactly(PageOf(command), $"# graft {command}\n\n```text\n{text}\n```\n{BelowHelp(command)}");
    }

    [Fact]
    public void Shows_a_real_run_of_affected()
    {
        using var product = new SampleProduct();
        product.Repository.Commit("Explain", ("docs/why.md", "because\n"), ("src/base/etc/acme.conf", "log = debug\n"));

        Assert.Contains($"```text\n$ graft hotfix affected\n{product.Run("hotfix affected").Succeeded().Output}```\n", BelowHelp("hotfix affected"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_has_a_page_and_every_page_a_command()
    {
        using var folder = new TemporaryFolder();
        var graft = new GraftRun { Directory = folder.Path, Home = folder.At("user") };
        IEnumerable<string> Subcommands(params string[] noun) =>
            graft.Run([.. noun, "--help"]).Succeeded().Output.Split('\n').SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0)
                .Select(line => line.Trim().Split(' ')[0]);

        var commands = Subcommands().SelectMany(name => Subcommands(name).Select(verb => $"{name} {verb}").DefaultIfEmpty(name)).ToHashSet();

        Assert.Equal(commands.Order(StringComparer.Ordinal), Commands.Select(row => row.Data).Order(StringComparer.Ordinal));
        Assert.Equal(
            commands.Select(command => Path.GetFileName(PageOf(command))).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(SourceTree.At("docs", "commands")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static string BelowHelp(string command)
    {
        const string end = "\n```\n";
        var file = SourceTree.At(PageOf(command).Split('/'));
        // A new command's page is about to be written.
        var page = File.Exists(file) ? File.ReadAllText(file) : end;
        return page[(page.IndexOf(end, StringComparison.Ordinal) + end.Length)..];
    }

    private static string PageOf(string command) => $"docs/commands/{command.Replace(' ', '-')}.md";
}
