namespace Graft.Core.Bake;

/// <summary>
/// Those of bake's functions (docker/buildx, bake/hclparser/stdlib) that names, paths and tags are put together with. The others, and calls whose
/// arguments do not fit, give a gap.
/// </summary>
internal static class HclFunctions
{
    private const int MaximumText = 16 * 1024;
    private const int MaximumItems = 10_000;

    public static BakeValue Call(string name, IReadOnlyList<BakeValue> arguments) => (name, arguments) switch
    {
        ("equal", [var a, var b]) => AreEqual(a, b) is { } equal ? BakeValue.Of(equal) : BakeValue.Unknown,
        ("notequal", [var a, var b]) => AreEqual(a, b) is { } same ? BakeValue.Of(!same) : BakeValue.Unknown,
        ("not", [BakeText { Value: "true" }]) => BakeValue.False,
        ("not", [BakeText { Value: "false" }]) => BakeValue.True,
        ("and", [var a, var b]) => Both(a, b, "false", BakeValue.False, BakeValue.True),
        ("or", [var a, var b]) => Both(a, b, "true", BakeValue.True, BakeValue.False),
        ("lower", [BakeText a]) => Of(a.Value.ToLowerInvariant()),
        ("upper", [BakeText a]) => Of(a.Value.ToUpperInvariant()),
        ("trimspace", [BakeText a]) => Of(a.Value.Trim()),
        ("trimprefix", [BakeText a, BakeText b]) => Of(a.Value.StartsWith(b.Value, StringComparison.Ordinal) ? a.Value[b.Value.Length..] : a.Value),
        ("trimsuffix", [BakeText a, BakeText b]) => Of(a.Value.EndsWith(b.Value, StringComparison.Ordinal) ? a.Value[..^b.Value.Length] : a.Value),
        ("replace", [BakeText a, { HasGap: false, Text: { Length: > 0 } from }, BakeText to]) => a.Value.Length * (long)to.Value.Length > 1024 * 1024 ? BakeValue.Unknown : Of(a.Value.Replace(from, to.Value, StringComparison.Ordinal)),
        ("split", [{ HasGap: false, Text: { Length: > 0 } separator }, BakeText a]) => new BakeList([.. a.Value.Split(separator).Select(Of)]),
        ("join", [BakeText separator, BakeList list]) => Joined(list.Items.SelectMany((item, index) => index == 0 ? [item] : new[] { separator, item })),
        ("format", [BakeText format, ..]) => Format(format.Value, [.. arguments.Skip(1)]),
        ("formatlist", [BakeText format, ..]) => FormatList(format.Value, [.. arguments.Skip(1)]),
        // A list that is not known adds one member that is not.
        ("concat", _) => List(arguments.Where(argument => argument is not BakeNull).SelectMany(argument => argument is BakeList list ? list.Items : [BakeValue.Unknown])),
        ("compact", [BakeList list]) => new BakeList([.. list.Items.Where(item => item is not BakeNull && item.Text != "")]),
        ("distinct", [BakeList list]) => new BakeList([.. list.Items.Distinct()]),
        ("flatten", [BakeList list]) => List(Flat(list)),
        ("coalesce", _) => arguments.FirstOrDefault(argument => argument is not BakeNull && argument.Text != "") ?? BakeValue.Null,
        ("keys", [BakeMap map]) => new BakeList([.. map.Pairs.Select(pair => pair.Key).Order(StringComparer.Ordinal).Select(Of)]),
        ("values", [BakeMap map]) => new BakeList([.. map.Pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)]),
        ("lookup", [BakeMap map, { Text: { } key }, ..]) => map.Find(key) ?? (arguments.Count > 2 ? arguments[2] : BakeValue.Unknown),
        ("contains", [BakeList list, var item]) => list.Items.Any(one => AreEqual(one, item) == true) ? BakeValue.True
            : list.Items.All(one => AreEqual(one, item) == false) ? BakeValue.False : BakeValue.Unknown,
        ("merge", _) when arguments.All(argument => argument is BakeMap) => Limited(new BakeMap([.. arguments.SelectMany(argument => ((BakeMap)argument).Pairs).Take(MaximumItems + 1)])),
        _ => BakeValue.Unknown,
    };

    /// <summary>Whether two values are the same; null where a gap leaves it open.</summary>
    public static bool? AreEqual(BakeValue left, BakeValue right)
    {
        if (left.HasGap || right.HasGap)
        {
            return null;
        }

        return (left, right) switch
        {
            (BakeText a, BakeText b) => a.Value == b.Value,
            (BakeNull, BakeNull) => true,
            (BakeText or BakeNull, BakeText or BakeNull) => false,
            (BakeList { Items.Count: 0 }, BakeList { Items.Count: 0 }) => true,
            _ => null,
        };
    }

    /// <summary>The value, or a gap where it is larger than anything that means an image.</summary>
    public static BakeValue Limited(BakeValue value) => value switch
    {
        BakeText { Value.Length: > MaximumText } or BakeList { Items.Count: > MaximumItems } or BakeMap { Pairs.Count: > MaximumItems } => BakeValue.Unknown,
        _ => value,
    };

    /// <summary>What a value adds to a text; nothing for null, as bake has it for a variable without a default.</summary>
    public static string TextOf(BakeValue value) => value is BakeNull ? "" : value.Text ?? BakeValue.Gap.ToString();

    /// <summary>The values' texts one after another; a gap where that grows too long.</summary>
    public static BakeValue Joined(IEnumerable<BakeValue> parts)
    {
        var text = new System.Text.StringBuilder();
        foreach (var part in parts)
        {
            if (text.Append(TextOf(part)).Length > MaximumText)
            {
                return BakeValue.Unknown;
            }
        }

        return Of(text.ToString());
    }

    private static BakeText Of(string text) => new(text);

    private static BakeValue List(IEnumerable<BakeValue> items) => Limited(new BakeList([.. items.Take(MaximumItems + 1)]));

    private static BakeValue Both(BakeValue left, BakeValue right, string decisive, BakeValue decided, BakeValue otherwise) =>
        left.Text == decisive || right.Text == decisive ? decided
        : left is BakeText { HasGap: false } && right is BakeText { HasGap: false } ? otherwise
        : BakeValue.Unknown;

    private static IEnumerable<BakeValue> Flat(BakeList list) => list.Items.SelectMany(item => item is BakeList inner ? Flat(inner) : [item]);

    private static BakeValue Format(string format, IReadOnlyList<BakeValue> arguments) => Joined(FormatParts(format, arguments));

    // `%s`, `%v`, `%d` and `%%`; widths and the like are left as a gap.
    private static IEnumerable<BakeValue> FormatParts(string format, IReadOnlyList<BakeValue> arguments)
    {
        var next = 0;
        for (var index = 0; index < format.Length; index++)
        {
            yield return format[index] != '%' || index + 1 == format.Length ? Of(format[index].ToString()) : format[++index] switch
            {
                '%' => Of("%"),
                's' or 'v' or 'd' when next < arguments.Count => arguments[next++],
                _ => BakeValue.Unknown,
            };
        }
    }

    private static BakeValue FormatList(string format, IReadOnlyList<BakeValue> arguments)
    {
        const int limit = 1000;
        var lists = arguments.OfType<BakeList>().ToList();
        if (lists.Count == 0)
        {
            // How many there are is not known; that there is one is as good a guess as any.
            return new BakeList([Format(format, arguments)]);
        }

        if (lists.Any(list => list.Items.Count != lists[0].Items.Count || list.Items.Count > limit))
        {
            return BakeValue.Unknown;
        }

        return new BakeList([.. lists[0].Items.Select((_, index) => Format(format, [.. arguments.Select(argument => argument is BakeList list ? list.Items[index] : argument)]))]);
    }
}
