namespace Graft.Core.Bake;

/// <summary>What an expression of a bake file stands for. Numbers and truth values are their text, as HCL converts them when asked.</summary>
internal abstract record BakeValue
{
    /// <summary>Stands in a text for the part that is not known before the build: no file can hold it, as it is no character.</summary>
    public const char Gap = '\uFFFF';

    public static BakeValue Null { get; } = new BakeNull();

    /// <summary>A value that only the build knows: an environment variable, a function that is not read.</summary>
    public static BakeValue Unknown { get; } = new BakeText(Gap.ToString());

    public static BakeValue True { get; } = new BakeText("true");

    public static BakeValue False { get; } = new BakeText("false");

    public static BakeValue Of(bool value) => value ? True : False;

    /// <summary>The text with gaps for what is not known; null where the value is no text.</summary>
    public string? Text => (this as BakeText)?.Value;

    /// <summary>Whether any part of a text is not known.</summary>
    public bool HasGap => Text?.Contains(Gap, StringComparison.Ordinal) == true;
}

/// <summary>A text; one that <c>LacksVariables</c> was put together from variables that the file gives no value.</summary>
internal sealed record BakeText(string Value, bool LacksVariables = false) : BakeValue;

/// <summary>No value: an attribute that is null counts as not written.</summary>
internal sealed record BakeNull : BakeValue;

/// <summary>A list.</summary>
internal sealed record BakeList(IReadOnlyList<BakeValue> Items) : BakeValue;

/// <summary>A mapping, in the file's order.</summary>
internal sealed record BakeMap(IReadOnlyList<KeyValuePair<string, BakeValue>> Pairs) : BakeValue
{
    public BakeValue? Find(string key) => Pairs.LastOrDefault(pair => pair.Key == key).Value;
}
