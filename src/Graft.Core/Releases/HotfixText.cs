using Graft.Core.Yaml;

namespace Graft.Core.Releases;

/// <summary>Writes the <c>hotfix</c> mapping: as lines for a manifest in block style, as <c>key: value</c> for one in flow style.</summary>
internal static class HotfixText
{
    /// <summary>Lines below one another, each but the last ended by <paramref name="lineEnd"/>.</summary>
    public static string Block(HotfixRecord hotfix, string indent, string lineEnd)
    {
        List<string> lines =
        [
            "hotfix:",
            $"  of: {PlainText.Write(hotfix.Of.ToString())}",
            .. List("built", hotfix.Built),
            .. List("changed", hotfix.Changed),
        ];
        return string.Join(lineEnd, lines.Select(line => indent + line));
    }

    /// <summary>The pair for a flow mapping; everything quoted where the file's keys are, so that a JSON file stays one.</summary>
    public static string Flow(HotfixRecord hotfix, bool quoted)
    {
        Func<string, string> write = quoted ? text => $"\"{text}\"" : PlainText.Write;
        var built = string.Join(", ", hotfix.Built.Select(change => Change(change, write, quoted)));
        var changed = string.Join(", ", hotfix.Changed.Select(change => Change(change, write, quoted)));
        return $"{Key("hotfix", quoted)} {{ {Key("of", quoted)} {write(hotfix.Of.ToString())}, {Key("built", quoted)} [{built}], {Key("changed", quoted)} [{changed}] }}";
    }

    private static IEnumerable<string> List(string key, IReadOnlyList<EntryChange> changes) =>
        changes.Count == 0 ? [$"  {key}: []"] : changes.Select(change => $"    - {Change(change, PlainText.Write, false)}").Prepend($"  {key}:");

    private static string Change(EntryChange change, Func<string, string> write, bool quoted) =>
        $"{{ {Key("image", quoted)} {write(change.Image)}, {Key("from", quoted)} {write(change.From)}, {Key("to", quoted)} {write(change.To)} }}";

    private static string Key(string key, bool quoted) => quoted ? $"\"{key}\":" : $"{key}:";
}
