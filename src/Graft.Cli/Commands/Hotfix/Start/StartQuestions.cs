using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Hotfix.Start;

/// <summary>Asks a person for what the command line left open.</summary>
internal sealed class StartQuestions(Session session, Workspace workspace, StartFacts facts)
{
    /// <summary>Asks which release is fixed: those with a tag, newest first, without pre-releases.</summary>
    public async Task<string> ChooseReleaseAsync()
    {
        var releases = facts.Tags.Keys.Concat(facts.Remote.Tags.Keys).Distinct(StringComparer.Ordinal).Select(workspace.Product.NameOf).OfType<ReleaseName>().Where(name => !name.IsPreRelease).OrderDescending().ToList();
        if (releases.Count == 0)
        {
            throw GraftException.Input($"there is no release's tag here, nor on '{workspace.Product.Remote}'", "a pre-release is named with `--release`");
        }

        var bases = workspace.Manifests.ReadAll().Releases.ToLookup(release => release.Header.Name, release => release.Header.Of);
        var chosen = await session.Prompts.ChooseAsync(
            "which release is fixed?", releases, name => bases[name].FirstOrDefault() is { } of ? $"{name}  (hotfix of {of})" : name.ToString(), session.Cancellation);
        session.Screen.Say($"release {chosen}");
        return chosen.ToString();
    }

    /// <summary>Asks for the branch's name until it is one that can be made.</summary>
    public async Task<string> AskBranchAsync()
    {
        while (true)
        {
            var name = (await session.Prompts.AskAsync("name of the branch:", session.Cancellation)).Trim();
            if (Complaint(name) is { } complaint)
            {
                session.Prompts.Refuse(complaint);
                continue;
            }

            try
            {
                return await workspace.Git.CheckBranchNameAsync(name, session.Cancellation);
            }
            catch (GraftException refused) when (refused.Kind == FailureKind.Input)
            {
                session.Prompts.Refuse(refused.Message);
            }
        }
    }

    private string? Complaint(string name) => name.Length == 0 ? "a branch has a name, such as hotfix/session-timeout" : facts.Refuse(name, workspace.Product.Remote)?.Message;
}
