namespace Graft.Core.Bake;

/// <summary>The variables and functions of bake files; of several with one name the last counts.</summary>
internal sealed class BakeVariables
{
    private readonly Dictionary<string, HclExpression> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HclBody> functions = new(StringComparer.Ordinal);
    private readonly HashSet<string> unset = new(StringComparer.Ordinal);

    public BakeVariables(IReadOnlyList<HclBody> files)
    {
        foreach (var file in files)
        {
            foreach (var attribute in file.Attributes)
            {
                values[attribute.Name] = attribute.Value;
            }

            foreach (var block in file.Blocks.Where(block => block.Labels.Count == 1))
            {
                Read(block.Type, block.Labels[0], block);
            }
        }
    }

    /// <summary>Works out expressions as the build would with no variable overridden: one without a default is empty.</summary>
    public HclEvaluation Evaluation() => new(values, functions);

    /// <summary>The same, but that one without a default is not known.</summary>
    public HclEvaluation EvaluationWithGaps() =>
        new(values.ToDictionary(pair => pair.Key, pair => unset.Contains(pair.Key) ? new HclUnread(pair.Value.Place) : pair.Value, StringComparer.Ordinal), functions);

    private void Read(string type, string name, HclBlock block)
    {
        if (type == "function")
        {
            functions[name] = block.Body;
        }
        else if (type == "variable")
        {
            var value = block.Body.Find("default");
            values[name] = value ?? new HclLiteral(block.Place, new BakeText(""));
            _ = value is null or HclLiteral { Value: BakeNull } ? unset.Add(name) : unset.Remove(name);
        }
    }
}
