using Graft.Adapters.Git;
using Graft.Cli.Reviews;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Hotfix.Review;

/// <summary>Holds the branch against its base, and shows what whoever approves it should see.</summary>
internal sealed class ReviewListing(Session session, string? from, string? html)
{
    public async Task<int> RunAsync()
    {
        var page = html is null ? null : session.Options.PathOf(html);
        if (page is not null)
        {
            ReviewFile.Check(page);
        }

        // Both need nothing but the folder, and take longest.
        var status = GitRepository.ReadStatusAsync(session.Options.Directory, session.Composition.Programs, session.Cancellation);
        var tree = GitRepository.ListTreeAsync(session.Options.Directory, session.Composition.Programs, session.Cancellation);
        var workspace = await session.Composition.OpenAsync(session.Options, session.Screen, session.Cancellation);
        var review = await new ReviewGatherer(session, workspace).GatherAsync(from, tree, status);
        if (page is not null)
        {
            await ReviewFile.WriteAsync(page, review, workspace.Git, session.Cancellation);
        }

        session.Screen.Data(() => ReviewDocument.Of(review), () => ReviewText.Of(review, session.Options.Verbose));
        if (page is not null)
        {
            session.Screen.Say($"the page is {DisplayPath.Of(page)}");
        }

        return review.IsRefused ? (int)FailureKind.Guard : 0;
    }
}
