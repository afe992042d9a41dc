using System.Text;
using Graft.Adapters.Journal;
using Graft.Testing;

namespace Graft.Adapters.Tests.Journal;

/// <summary>Mangled lines of a journal: read, or passed over.</summary>
public sealed class JournalFuzzTests
{
    private static readonly byte[][] Corpus =
    [
        .. new[]
        {
            new JournalEntry(DateTimeOffset.UnixEpoch, JournalEntry.Started, "build acme/api"), new JournalEntry(DateTimeOffset.UnixEpoch, JournalEntry.Failed, "push acme/api", "it's \"broken\"\n"),
            new JournalEntry(DateTimeOffset.UnixEpoch, JournalEntry.Finished),
        }.Select(entry => entry.ToLine()),
    ];

    private static readonly string[] Pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "\\u0000", "null", "true", "0", "1e999", "\"event\":", "\"at\":", "2025-02-30T25:61:61Z", "\n", "\r", "\0", "é", "😀", "\uD800", "\uFEFF"];

    [Fact]
    public void A_line_is_read_or_passed_over() => new Fuzz("journals", Corpus, Pieces).Run(bytes =>
    {
        if (JournalEntry.TryParse(Encoding.UTF8.GetString(bytes)) is not { } entry)
        {
            return "passed over";
        }

        Assert.Equal(entry, JournalEntry.TryParse(Encoding.UTF8.GetString(entry.ToLine())));
        return $"read {entry.Event is null} {entry.Operation is null} {entry.Detail is null}";
    });
}
