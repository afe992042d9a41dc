using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Demo;

/// <summary>Makes a product with a live release and a fix on main, then cuts a hotfix of it. All it makes is ordinary files.</summary>
internal sealed class Demonstration(Session session, string? named, Func<IReadOnlyList<string>, CancellationToken, Task<int>> runLine)
{
    private const string Product = "product";

    public async Task<int> RunAsync()
    {
        var folder = PrepareFolder();
        var product = Path.Combine(folder, Product);
        var git = new GitWorkshop(session.Composition.Programs, product);
        session.Screen.Say($"a small product with its own remote, in {DisplayPath.Of(folder)}");
        var release = await new DemoWorld(session, folder, product, git).MakeAsync();

        var fix = (await git.GitAsync(["log", "-1", "--format=%H", $"main~{DemoProduct.Later.Count - 1 - DemoProduct.Fix}"], session.Cancellation)).Trim();
        await StepAsync(git, "branch from the release's tag", ["switch", "--quiet", "-c", DemoProduct.FixBranch, $"v{DemoProduct.Release}"]);
        await StepAsync(git, "take over the fix, and nothing else", ["cherry-pick", "-x", fix]);
        await StepAsync(git, "push", ["push", "--quiet", "-u", "origin", DemoProduct.FixBranch]);

        // What is made up is in no registry.
        string[] generate = ["hotfix", "generate", "--offline", "--release", DemoProduct.Release, "--build", DemoProduct.FixedImage];
        session.Screen.Say($"\n# cut the hotfix\n$ graft {string.Join(' ', generate)}");
        var exitCode = await runLine(["-C", product, "--yes", .. PassedOn(), .. generate], session.Cancellation);
        if (exitCode == 0 && !session.Screen.Json)
        {
            await ShowDifferenceAsync(git, product, release);
        }

        return exitCode;
    }

    private async Task ShowDifferenceAsync(GitWorkshop git, string product, ReleaseName release)
    {
        var releases = Path.Combine(product, "releases");
        var hotfix = Directory.EnumerateFiles(releases, "*.yaml").Select(file => ReleaseName.Parse(Path.GetFileNameWithoutExtension(file))).Max()!;
        session.Screen.Say("\n# the new manifest is the old one, but for this");
        session.Screen.Data(await git.CompareAsync($"releases/{release}.yaml", $"releases/{hotfix}.yaml", session.Cancellation));

        var graft = Environment.GetEnvironmentVariable("GRAFT_COMMAND") is { Length: > 0 } command ? command : "graft";
        var place = ShellWord.Quote(DisplayPath.Of(product));
        session.Screen.Say("\n# go on from here");
        foreach (var line in new[]
        {
            $"{ShellWord.Quote(graft)} -C {place} release list",
            $"{ShellWord.Quote(graft)} -C {place} release publish {hotfix} --offline",
            $"git -C {place} log --graph --oneline --all",
        })
        {
            session.Screen.Say(line);
        }
    }

    private async Task StepAsync(GitWorkshop git, string what, string[] arguments)
    {
        session.Screen.Say($"\n# {what}\n$ git {string.Join(' ', arguments.Where(argument => argument != "--quiet").Select(argument => argument.Length == 40 ? argument[..8] : argument))}");
        await git.GitAtAsync(DemoProduct.ReleasedAt.AddDays(2), arguments, session.Cancellation);
    }

    private IEnumerable<string> PassedOn() =>
        new[] { (session.Options.Json, "--json"), (session.Options.Quiet, "--quiet"), (session.Options.Verbose, "--verbose"), (session.Options.NoColor, "--no-color") }
            .Where(option => option.Item1)
            .Select(option => option.Item2);

    private string PrepareFolder()
    {
        if (named is null)
        {
            return Directory.CreateTempSubdirectory("graft-demo-").FullName;
        }

        var folder = session.Options.PathOf(named);
        try
        {
            if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                throw GraftException.Input($"'{named}' is not an empty folder", "name one that is empty or not there yet");
            }

            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside($"cannot make '{named}': {FileProblem.Reason(exception, folder)}", inner: exception);
        }
    }
}
