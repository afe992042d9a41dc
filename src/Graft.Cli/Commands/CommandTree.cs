using System.CommandLine;
using System.CommandLine.Help;
using Graft.Cli.Commands.Demo;
using Graft.Cli.Commands.Doctor;
using Graft.Cli.Commands.Hotfix.Abandon;
using Graft.Cli.Commands.Hotfix.Affected;
using Graft.Cli.Commands.Hotfix.Generate;
using Graft.Cli.Commands.Hotfix.Pick;
using Graft.Cli.Commands.Hotfix.Resume;
using Graft.Cli.Commands.Hotfix.Review;
using Graft.Cli.Commands.Hotfix.Runs;
using Graft.Cli.Commands.Hotfix.Start;
using Graft.Cli.Commands.Init;
using Graft.Cli.Commands.Release.Diff;
using Graft.Cli.Commands.Release.Download;
using Graft.Cli.Commands.Release.Images;
using Graft.Cli.Commands.Release.List;
using Graft.Cli.Commands.Release.Publish;
using Graft.Cli.Commands.Release.Show;
using Graft.Cli.Commands.Release.Tree;
using Graft.Cli.Commands.Release.Verify;

namespace Graft.Cli.Commands;

/// <summary>Every command: two nouns, a few verbs, and the names of the tool that people come from.</summary>
internal sealed class CommandTree
{
    /// <summary>The tree; a command that runs another does so through the line that a user would type.</summary>
    public CommandTree(Func<IReadOnlyList<string>, CancellationToken, Task<int>> runLine)
    {
        Globals.AddTo(Root);
        Root.Action = new HelpAction();
        Root.Subcommands.Add(Noun(
            "hotfix",
            "Cut a hotfix of a release",
            StartCommand.Create(Globals),
            PickCommand.Create(Globals),
            AffectedCommand.Create(Globals),
            ReviewCommand.Create(Globals),
            GenerateCommand.Create(Globals),
            ResumeCommand.Create(Globals),
            RunsCommand.Create(Globals),
            AbandonCommand.Create(Globals)));
        Root.Subcommands.Add(Noun(
            "release",
            "Look at releases, fetch them, publish them",
            DownloadCommand.Create(Globals),
            ListCommand.Create(Globals),
            ShowCommand.Create(Globals),
            DiffCommand.Create(Globals),
            TreeCommand.Create(Globals),
            ImagesCommand.Create(Globals),
            VerifyCommand.Create(Globals),
            PublishCommand.Create(Globals)));
        Root.Subcommands.Add(InitCommand.Create(Globals));
        Root.Subcommands.Add(DoctorCommand.Create(Globals));
        Root.Subcommands.Add(DemoCommand.Create(Globals, runLine));
        Root.Subcommands.Add(OlderName("generate-hotfix", GenerateCommand.Create(Globals)));
        Root.Subcommands.Add(OlderName("download-releases", DownloadCommand.Create(Globals)));
        Root.Subcommands.Add(OlderName("release-images", ImagesCommand.Create(Globals)));
    }

    public GlobalOptionSet Globals { get; } = new();

    public RootCommand Root { get; } = new("Cut hotfixes of a live release of a product made of many container images");

    private static Command Noun(string name, string description, params Command[] verbs)
    {
        var noun = new Command(name, description) { Action = new HelpAction() };
        foreach (var verb in verbs)
        {
            noun.Subcommands.Add(verb);
        }

        return noun;
    }

    // Accepted in kebab-case and snake_case, and not shown: help teaches one name for a thing.
    private static Command OlderName(string name, Command command)
    {
        var alias = new Command(name, command.Description) { Hidden = true, Action = command.Action };
        alias.Aliases.Add(name.Replace('-', '_'));
        foreach (var option in command.Options)
        {
            alias.Options.Add(option);
        }

        foreach (var argument in command.Arguments)
        {
            alias.Arguments.Add(argument);
        }

        return alias;
    }
}
