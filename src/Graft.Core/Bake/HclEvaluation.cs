using System.Globalization;

namespace Graft.Core.Bake;

/// <summary>
/// Works out expressions of a bake file as the build would with no variable overridden. What only the build knows is a gap, never a failure;
/// work and texts are limited, since a few lines can stand for gigabytes.
/// </summary>
internal sealed class HclEvaluation(IReadOnlyDictionary<string, HclExpression> globals, IReadOnlyDictionary<string, HclBody> functions)
{
    private const int MaximumSteps = 200_000;
    private const int MaximumDepth = 200;
    private static readonly Dictionary<string, BakeValue> NoScope = [];

    private readonly Dictionary<string, BakeValue> known = new(StringComparer.Ordinal);
    private int steps;
    private int depth;

    /// <summary>The value of an expression; <paramref name="scope"/> holds the variables of a matrix, a function or a for expression.</summary>
    public BakeValue Value(HclExpression expression, IReadOnlyDictionary<string, BakeValue>? scope = null)
    {
        if (++steps > MaximumSteps || depth >= MaximumDepth)
        {
            return BakeValue.Unknown;
        }

        depth++;
        try
        {
            return HclFunctions.Limited(Evaluate(expression, scope ?? NoScope));
        }
        finally
        {
            depth--;
        }
    }

    private BakeValue Evaluate(HclExpression expression, IReadOnlyDictionary<string, BakeValue> scope) => expression switch
    {
        HclLiteral literal => literal.Value,
        HclTemplate { Parts: [not HclLiteral and var only] } => Value(only, scope),
        HclTemplate template => HclFunctions.Joined(template.Parts.Select(part => Value(part, scope))),
        HclVariable variable => scope.GetValueOrDefault(variable.Name) ?? Global(variable.Name),
        HclMember member => Member(Value(member.Of, scope), Value(member.Key, scope)),
        HclList list => new BakeList([.. list.Items.Select(item => Value(item, scope))]),
        HclMap map => new BakeMap([.. map.Pairs.Select(pair => KeyValuePair.Create(HclFunctions.TextOf(Value(pair.Key, scope)), Value(pair.Value, scope)))]),
        HclCondition condition => Choose(condition, scope),
        HclUnary { Sign: '!' } not => Value(not.Of, scope).Text switch { "true" => BakeValue.False, "false" => BakeValue.True, _ => BakeValue.Unknown },
        HclBinary binary => Compare(binary, scope),
        HclCall call => Call(call, scope),
        HclFor each => Each(each, scope),
        _ => BakeValue.Unknown,
    };

    private BakeValue Global(string name)
    {
        if (known.TryGetValue(name, out var value))
        {
            return value;
        }

        // While it is worked out, a variable that needs itself finds this.
        known[name] = BakeValue.Unknown;
        return known[name] = globals.TryGetValue(name, out var expression) ? Value(expression) : BakeValue.Unknown;
    }

    private static BakeValue Member(BakeValue of, BakeValue key) => (of, key.Text) switch
    {
        (BakeMap map, { } name) => map.Find(name) ?? BakeValue.Null,
        (BakeList list, { } index) when int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Items.Count => list.Items[at],
        _ => BakeValue.Unknown,
    };

    private BakeValue Choose(HclCondition condition, IReadOnlyDictionary<string, BakeValue> scope) => Value(condition.If, scope).Text switch
    {
        "true" => Value(condition.Then, scope),
        "false" => Value(condition.Otherwise, scope),
        _ => BakeValue.Unknown,
    };

    private BakeValue Compare(HclBinary binary, IReadOnlyDictionary<string, BakeValue> scope)
    {
        var (left, right) = (Value(binary.Left, scope), Value(binary.Right, scope));
        switch (binary.Sign)
        {
            case "&&" when left.Text == "false" || right.Text == "false":
                return BakeValue.False;
            case "||" when left.Text == "true" || right.Text == "true":
                return BakeValue.True;
            case "&&" or "||":
                return left.HasGap || right.HasGap ? BakeValue.Unknown : BakeValue.Of(binary.Sign == "&&");
            case "==" or "!=":
                return HclFunctions.AreEqual(left, right) is { } equal ? BakeValue.Of(equal == (binary.Sign == "==")) : BakeValue.Unknown;
            default:
                // Sums and orders do not decide what an image is made from.
                return BakeValue.Unknown;
        }
    }

    private BakeValue Call(HclCall call, IReadOnlyDictionary<string, BakeValue> scope)
    {
        var arguments = call.Arguments.Select(argument => Value(argument, scope)).ToList();
        if (call.Spreads && arguments is [.., BakeList last])
        {
            arguments.RemoveAt(arguments.Count - 1);
            arguments.AddRange(last.Items);
        }

        if (!functions.TryGetValue(call.Name, out var function))
        {
            return HclFunctions.Call(call.Name, arguments);
        }

        var names = (function.Find("params") as HclList)?.Items.OfType<HclVariable>().Select(name => name.Name).ToList() ?? [];
        var inner = new Dictionary<string, BakeValue>(StringComparer.Ordinal);
        for (var index = 0; index < names.Count; index++)
        {
            inner[names[index]] = index < arguments.Count ? arguments[index] : BakeValue.Unknown;
        }

        if (function.Find("variadic_params") is HclVariable rest)
        {
            inner[rest.Name] = new BakeList([.. arguments.Skip(names.Count)]);
        }

        return function.Find("result") is { } result ? Value(result, inner) : BakeValue.Unknown;
    }

    private BakeValue Each(HclFor each, IReadOnlyDictionary<string, BakeValue> scope)
    {
        var pairs = Value(each.Collection, scope) switch
        {
            BakeList list => list.Items.Select((item, index) => KeyValuePair.Create(index.ToString(CultureInfo.InvariantCulture), item)),
            BakeMap map => map.Pairs,
            _ => null,
        };
        if (pairs is null)
        {
            return BakeValue.Unknown;
        }

        var made = new List<KeyValuePair<string, BakeValue>>();
        foreach (var (key, value) in pairs)
        {
            var inner = new Dictionary<string, BakeValue>(scope, StringComparer.Ordinal) { [each.ValueName] = value };
            if (each.KeyName is { } keyName)
            {
                inner[keyName] = new BakeText(key);
            }

            switch (each.Filter is { } filter ? Value(filter, inner).Text : "true")
            {
                case "true":
                    made.Add(KeyValuePair.Create(each.Key is { } keyExpression ? HclFunctions.TextOf(Value(keyExpression, inner)) : key, Value(each.Value, inner)));
                    break;
                case "false":
                    break;
                default:
                    return BakeValue.Unknown;
            }
        }

        return each.Key is null ? new BakeList([.. made.Select(pair => pair.Value)]) : new BakeMap(made);
    }
}
