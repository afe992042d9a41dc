using Graft.Core.Failures;
using Graft.Core.Yaml;
using YamlDotNet.Core;

namespace Graft.Core.Releases;

/// <summary>Reads an edited manifest and compares it with its base, node by node: exactly the wanted values differ, or it is refused.</summary>
internal sealed class ManifestComparison(IReadOnlyDictionary<YamlNode, string> wanted)
{
    public static void Verify(Manifest before, byte[] bytes, IReadOnlyDictionary<YamlNode, string> wanted, HotfixRecord hotfix)
    {
        Manifest after;
        try
        {
            after = Manifest.Parse(bytes, before.File);
        }
        catch (GraftException failure)
        {
            throw Refusal(before, $"the result could not be read ({failure.Message})");
        }

        var old = before.Root.Pairs.Where(pair => pair.Name is not ("notes" or "hotfix")).ToList();
        var now = after.Root.Pairs.Where(pair => pair.Name is not "hotfix").ToList();
        var same = before.Root.IsFlow == after.Root.IsFlow && new ManifestComparison(wanted).Same(old, now) && Same(hotfix, after.Hotfix);
        if (!same)
        {
            throw Refusal(before, "more would differ than was asked for");
        }
    }

    // Text that YAML parsers read in more than one way ends here (a stray colon in flow style, say). Nothing has been written yet.
    private static GraftException Refusal(Manifest before, string reason) =>
        GraftException.Input($"'{before.File}' is written in a way that cannot be edited safely: {reason}", "write it in plain block style, and try again");

    private bool Same(List<YamlPair> before, List<YamlPair> after)
    {
        if (before.Count != after.Count)
        {
            return false;
        }

        for (var index = 0; index < before.Count; index++)
        {
            if (!Same(before[index].Key, after[index].Key) || !Same(before[index].Value, after[index].Value))
            {
                return false;
            }
        }

        return true;
    }

    private bool Same(YamlNode before, YamlNode after)
    {
        if (wanted.TryGetValue(before, out var value))
        {
            return after is YamlScalar { Tag: null, Anchor: null } scalar && scalar.Value.Trim() == value && SameStyle((YamlScalar)before, scalar);
        }

        return before.Anchor == after.Anchor && before.Tag == after.Tag && (before, after) switch
        {
            (YamlScalar one, YamlScalar other) => one.Value == other.Value && one.Style == other.Style,
            (YamlAlias one, YamlAlias other) => one.Name == other.Name,
            (YamlMapping one, YamlMapping other) => Same(one.Pairs, other.Pairs),
            (YamlSequence one, YamlSequence other) => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => Same(pair.First, pair.Second)),
            _ => false,
        };
    }

    private static bool SameStyle(YamlScalar before, YamlScalar after) =>
        after.Style == before.Style || (before.Style == ScalarStyle.Plain && after.Style == ScalarStyle.DoubleQuoted);

    private static bool Same(HotfixRecord wanted, HotfixRecord? found) =>
        found is not null && found.Of == wanted.Of && found.Built.SequenceEqual(wanted.Built) && found.Changed.SequenceEqual(wanted.Changed);
}
