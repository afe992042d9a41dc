using System.Globalization;
using System.Text;
using Graft.Core.Dockerfiles;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>Who owns a copied file, by number.</summary>
internal sealed record FileOwner(long User, long Group)
{
    private const int LargestTable = 1024 * 1024;

    /// <summary>
    /// Reads <c>USER[:GROUP]</c>. Names are looked up in the image's <c>/etc/passwd</c> and <c>/etc/group</c>. Without a group it is the user's own;
    /// for a number, the same number (as BuildKit does).
    /// </summary>
    public static async Task<FileOwner> ParseAsync(string text, FileTree image, Instruction instruction, CancellationToken cancellationToken)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var user = colon < 0 ? text : text[..colon];
        var group = colon < 0 ? "" : text[(colon + 1)..];
        FileOwner owner;
        if (TryNumber(user) is { } number)
        {
            owner = new FileOwner(number, number);
        }
        else
        {
            var row = await FindAsync(image, "etc/passwd", user, cancellationToken);
            owner = row is { Length: >= 4 } && TryNumber(row[2]) is { } id && TryNumber(row[3]) is { } own
                ? new FileOwner(id, own)
                : throw instruction.Location.Error($"the user '{user}' is not in the image's '/etc/passwd'", "name users by number, `--chown=1000:1000`");
        }

        if (group.Length == 0)
        {
            return owner;
        }

        return owner with
        {
            Group = TryNumber(group)
                ?? (await FindAsync(image, "etc/group", group, cancellationToken) is { Length: >= 3 } entry ? TryNumber(entry[2]) : null)
                ?? throw instruction.Location.Error($"the group '{group}' is not in the image's '/etc/group'", "name groups by number, `--chown=1000:1000`"),
        };
    }

    /// <summary>Reads an octal mode.</summary>
    public static int ParseMode(string text, Instruction instruction) =>
        text.Length is >= 3 and <= 5 && text.All(c => c is >= '0' and <= '7') && Convert.ToInt32(text, 8) is var mode and <= 0b111_111_111_111
            ? mode
            : throw SupportedInstructions.Refuse(instruction, $"the mode '{text}', which is not an octal number,");

    private static long? TryNumber(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<string[]?> FindAsync(FileTree image, string path, string name, CancellationToken cancellationToken)
    {
        if (image.Find(path) is not { Content: { Length: <= LargestTable } content })
        {
            return null;
        }

        await using var stream = await content.OpenAsync(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = await reader.ReadToEndAsync(cancellationToken);
        return table.Split('\n').Select(line => line.TrimEnd('\r').Split(':')).FirstOrDefault(row => row[0] == name);
    }
}
