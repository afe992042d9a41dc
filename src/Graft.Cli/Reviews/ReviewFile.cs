using System.Text;
using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Cli.Reviews.Page;
using Graft.Core.Failures;
using Graft.Core.Reviews;

namespace Graft.Cli.Reviews;

/// <summary>Puts a review's page on disk.</summary>
internal static class ReviewFile
{
    /// <summary>The page that a run keeps in its folder.</summary>
    public const string Name = "review.html";

    private const int MarkWithin = 1024;

    /// <summary>Refuses a path where something else than such a page is: a slip of the hand must not cost a file.</summary>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw GraftException.Input($"'{DisplayPath.Of(path)}' is a folder, not a file");
        }

        if (File.Exists(path) && !IsPage(path))
        {
            throw GraftException.Input($"'{DisplayPath.Of(path)}' is there already, and is no page of a review", "name another file, or remove it");
        }
    }

    /// <summary>Writes the page, whole or not at all.</summary>
    public static async Task WriteAsync(string path, HotfixReview review, GitRepository git, CancellationToken cancellationToken)
    {
        var diffs = await git.ReadDiffsAsync(review.BaseCommit, review.Head, DiffLimits.OfPage, cancellationToken);
        await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(ReviewPage.Of(review, diffs)), cancellationToken);
    }

    private static bool IsPage(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var head = new byte[MarkWithin];
            var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(head, 0, length).Contains(ReviewPage.Mark, StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Input($"'{DisplayPath.Of(path)}' cannot be read: {FileProblem.Reason(problem, path)}", inner: problem);
        }
    }
}
