using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <content>Lists, mappings, and what is made of them.</content>
internal sealed partial class HclExpressionReader
{
    private List<HclExpression> Items(string close, Action? afterItem = null)
    {
        var items = new List<HclExpression>();
        while (!text.TryTake(close))
        {
            items.Add(Read());
            afterItem?.Invoke();
            Skip();
            if (!text.TryTake(",") && !text.StartsWith(close))
            {
                throw text.Place.Error($"a list has neither `,` nor `{close}` here");
            }

            Skip();
        }

        return items;
    }

    private List<(HclExpression Key, HclExpression Value)> Pairs()
    {
        var pairs = new List<(HclExpression Key, HclExpression Value)>();
        while (!text.TryTake("}"))
        {
            var place = text.Place;
            // A bare word is a key's name, not a variable.
            var key = Read() is var read && read is HclVariable variable ? Text(place, variable.Name) : read;
            Skip();
            if (!text.TryTake("=") && !text.TryTake(":"))
            {
                throw text.Place.Error("a key has neither `=` nor `:` after it");
            }

            Skip();
            pairs.Add((key, Read()));
            Skip();
            _ = text.TryTake(",");
            Skip();
        }

        return pairs;
    }

    private HclFor? For(SourceLocation place, string close)
    {
        if (!text.StartsWith("for") || text.Peek(3) is not (' ' or '\t' or '\n' or '\r'))
        {
            return null;
        }

        string Word(string what)
        {
            Skip();
            return text.TakeName() ?? throw text.Place.Error($"a `for` has no {what} here");
        }

        text.Position += 3;
        var first = Word("variable");
        Skip();
        var second = text.TryTake(",") ? Word("variable") : null;
        if (Word("`in`") != "in")
        {
            throw text.Place.Error("a `for` has no `in`");
        }

        Skip();
        var collection = Read();
        Skip();
        if (!text.TryTake(":"))
        {
            throw text.Place.Error("a `for` has no `:`");
        }

        Skip();
        var value = Read();
        Skip();
        HclExpression? key = null;
        if (text.TryTake("=>"))
        {
            Skip();
            (key, value) = (value, Read());
            Skip();
            _ = text.TryTake("...");
            Skip();
        }

        HclExpression? filter = null;
        if (text.StartsWith("if") && !char.IsLetterOrDigit(text.Peek(2)))
        {
            text.Position += 2;
            Skip();
            filter = Read();
            Skip();
        }

        Close(close, "for");
        return new HclFor(place, second is null ? null : first, second ?? first, collection, key, value, filter);
    }
}
