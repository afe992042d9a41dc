using System.Text.Json;
using Graft.Cli.Failures;
using Graft.Cli.Hotfixes;
using Graft.Cli.Terminal;
using Graft.Core.Reviews;

namespace Graft.Cli.Reviews;

/// <summary>A review as <c>--json</c> writes it.</summary>
internal static class ReviewDocument
{
    public static byte[] Of(HotfixReview review) => JsonDocuments.Write(writer =>
    {
        var changes = review.Changes;
        writer.WriteStartObject();
        writer.WriteString("base", review.Base);
        writer.WriteString("baseCommit", review.BaseCommit.ToString());
        writer.WriteString("branch", review.Branch);
        writer.WriteString("head", review.Head.ToString());
        writer.WriteString("main", changes.Main);
        AffectedDocument.WriteImages(writer, "affected", review.Affected with { Images = [.. review.Affected.Affected] });
        writer.WriteStartArray("outside");
        foreach (var path in review.Affected.Outside)
        {
            writer.WriteStringValue(path);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("commits");
        foreach (var commit in changes.Commits)
        {
            WriteCommit(writer, commit);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("files");
        foreach (var file in changes.Files)
        {
            WriteFile(writer, file);
        }

        writer.WriteEndArray();
        writer.WriteNumber("added", changes.Added);
        writer.WriteNumber("removed", changes.Removed);
        GuardReport.Write(writer, review.Guards);
        writer.WriteEndObject();
    });

    private static void WriteCommit(Utf8JsonWriter writer, ReviewedCommit commit)
    {
        writer.WriteStartObject();
        writer.WriteString("sha", commit.Commit.Id.ToString());
        writer.WriteString("subject", commit.Commit.Subject);
        writer.WriteString("author", commit.Commit.Author);
        writer.WriteBoolean("merge", commit.Commit.IsMerge);
        writer.WriteString("onMain", commit.OnMain is { } state ? JsonNamingPolicy.CamelCase.ConvertName(state.ToString()) : null);
        writer.WriteString("equivalent", commit.Equivalent?.ToString());
        writer.WriteStartArray("picks");
        foreach (var pick in commit.Picks)
        {
            writer.WriteStartObject();
            writer.WriteString("source", pick.Source);
            writer.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(pick.State.ToString()));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter writer, ReviewedFile file)
    {
        writer.WriteStartObject();
        writer.WriteString("path", file.Path);
        writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(file.Status.ToString()));
        WriteCount(writer, "added", file.Added);
        WriteCount(writer, "removed", file.Removed);
        writer.WriteString("special", file.Special);
        writer.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, int? count)
    {
        if (count is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
