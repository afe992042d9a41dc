using System.Security.Cryptography;
using System.Text;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <summary>Makes a word of each patch in what <c>git diff-tree --stdin -p</c> writes, as it streams by.</summary>
internal static class PatchFingerprints
{
    /// <summary>
    /// Where a hunk stands and what the objects are called is left out: the same change has other line numbers on another branch. A binary file's objects are all that tells what it became.
    /// A commit that changes nothing has no word: it is like no other.
    /// </summary>
    public static async Task<IReadOnlyDictionary<CommitId, string>> ReadAsync(Stream patches)
    {
        var fingerprints = new Dictionary<CommitId, string>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        CommitId? commit = null;
        var isEmpty = true;
        byte[] objects = [];
        await foreach (var line in LineReader.ReadAsync(patches))
        {
            // Every line of a patch has a letter of its own before it.
            if (line.Length is 40 or 64 && CommitId.TryParse(Encoding.ASCII.GetString(line.Span), out var next))
            {
                Close();
                commit = next;
                continue;
            }

            isEmpty = false;
            if (line.Span.StartsWith("index "u8))
            {
                objects = line.ToArray();
                continue;
            }

            if (line.Span.StartsWith("Binary files "u8))
            {
                hash.AppendData(objects);
            }

            hash.AppendData(line.Span.StartsWith("@@ "u8) ? "@@"u8 : line.Span);
            hash.AppendData("\n"u8);
        }

        Close();
        return fingerprints;

        void Close()
        {
            var word = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (commit is not null && !isEmpty)
            {
                fingerprints[commit] = word;
            }

            isEmpty = true;
        }
    }
}
