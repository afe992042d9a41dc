using System.Text.Json;
using Graft.Adapters.Git;
using Graft.Cli.Terminal;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Hotfix.Pick;

/// <summary>A pick for a program.</summary>
internal static class PickDocument
{
    /// <summary>What would be picked.</summary>
    public static byte[] Of(PickList list, string branch) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("branch", branch);
        writer.WriteString("state", "planned");
        Array(writer, "commits", list.Commits, commit => Fields(writer, commit));
        LeftOut(writer, list.LeftOut);
        writer.WriteBoolean("dryRun", true);
        writer.WriteEndObject();
    });

    /// <summary>What was picked, or where it stopped: then with the error that ends the program.</summary>
    public static byte[] Of(PickOutcome outcome, GraftException? conflict) => JsonDocuments.Write(writer =>
    {
        writer.WriteStartObject();
        if (conflict is not null)
        {
            writer.WriteStartObject("error");
            writer.WriteNumber("code", (int)conflict.Kind);
            writer.WriteString("kind", "conflict");
            writer.WriteString("message", conflict.Message);
            writer.WriteString("hint", conflict.Hint);
            writer.WriteEndObject();
        }

        writer.WriteString("branch", outcome.Branch);
        writer.WriteString("state", conflict is null ? "done" : "conflict");
        writer.WriteString("before", outcome.Before.ToString());
        writer.WriteString("head", outcome.Head.ToString());
        Array(writer, "picked", outcome.Picked, pick => Write(writer, pick));
        LeftOut(writer, outcome.LeftOut);
        Array(writer, "missing", outcome.Missing, missing =>
        {
            Fields(writer, missing.Commit);
            writer.WriteString("path", missing.Path);
            writer.WriteString("for", missing.For.Id.ToString());
        });
        Strings(writer, "unknown", outcome.Unknown);
        if (outcome.Stopped is { } stopped)
        {
            writer.WriteStartObject("conflict");
            Fields(writer, stopped);
            Strings(writer, "files", outcome.Conflicts);
            writer.WriteNumber("remaining", outcome.Remaining);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, PickedCommit pick)
    {
        Fields(writer, pick.Commit);
        writer.WriteString("source", pick.Source?.ToString());
        writer.WriteString("likeness", JsonNamingPolicy.CamelCase.ConvertName(pick.Comparison.Likeness.ToString()));
        Array(writer, "differences", pick.Comparison.Differences, difference =>
        {
            writer.WriteString("path", difference.Path);
            Strings(writer, "source", difference.OnlySource);
            Strings(writer, "here", difference.OnlyPick);
        });
    }

    private static void LeftOut(Utf8JsonWriter writer, IReadOnlyList<LeftOutCommit> commits) => Array(writer, "leftOut", commits, left =>
    {
        Fields(writer, left.Commit);
        writer.WriteString("reason", left.Reason);
    });

    private static void Fields(Utf8JsonWriter writer, CommitLine commit)
    {
        writer.WriteString("commit", commit.Id.ToString());
        writer.WriteString("subject", commit.Subject);
        writer.WriteString("author", commit.Author);
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter writer, string name, IReadOnlyList<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }
}
