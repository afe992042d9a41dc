using System.Text;

namespace Graft.Core.Dockerfiles;

/// <summary>Gathers words: white space parts them unless it was quoted.</summary>
internal sealed class ShellWords
{
    private readonly List<string> words = [];
    private readonly StringBuilder word = new();

    public void Add(char c)
    {
        if (!char.IsWhiteSpace(c))
        {
            word.Append(c);
        }
        else if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }

    public void AddText(string text)
    {
        foreach (var c in text)
        {
            Add(c);
        }
    }

    public void AddQuoted(string text) => word.Append(text);

    public List<string> Finish()
    {
        Add(' ');
        return words;
    }
}
