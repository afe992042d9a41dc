using System.Text;

namespace Graft.Core.Releases;

/// <summary>Replacements of stretches of a text, collected in any order; what is inserted at a place comes before what is replaced there.</summary>
internal sealed class TextSplices(string text)
{
    private readonly List<(int Start, int End, string Replacement)> splices = [];

    public void Replace(int start, int end, string replacement) => splices.Add((start, end, replacement));

    public string Apply()
    {
        var result = new StringBuilder(text.Length + 1024);
        var position = 0;
        foreach (var (start, end, replacement) in splices.OrderBy(splice => splice.Start).ThenBy(splice => splice.End))
        {
            if (start < position)
            {
                throw new InvalidOperationException($"two edits overlap at character {start}");
            }

            result.Append(text, position, start - position).Append(replacement);
            position = end;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
