using Graft.Core.Dockerfiles;

namespace Graft.Core.Affected;

/// <summary>
/// The variables that the instructions of a stage see, from line to line: ENV before ARG, as in a build. A value made from a variable that has
/// none is not known either.
/// </summary>
internal sealed class StageScope(BuildVariables variables, char escape, IReadOnlyDictionary<string, string> given, IReadOnlyDictionary<string, string?> environment)
{
    // Null: set, and nobody here knows to what.
    private readonly Dictionary<string, string?> environment = new(environment, StringComparer.Ordinal);
    private readonly Dictionary<string, string?> args = new(StringComparer.Ordinal);

    /// <summary>What a stage made from this one begins with.</summary>
    public IReadOnlyDictionary<string, string?> Environment => environment;

    /// <summary>Takes an ENV or ARG over; other instructions set nothing.</summary>
    public void Take(Instruction instruction)
    {
        if (instruction.Keyword == "ENV")
        {
            // All values of one ENV see the environment before it.
            foreach (var (name, value) in instruction.Arguments.Chunk(2).Select(pair => (Expand(pair[0]).Text, Known(pair[1]))).ToList())
            {
                environment[name] = value;
            }
        }
        else if (instruction.Keyword == "ARG")
        {
            foreach (var (name, value) in variables.ArgsOf(instruction, Find))
            {
                args[name] = value is null || given.ContainsKey(name) || !IsMadeFromUnknown(instruction, name) ? value : null;
            }
        }
    }

    /// <summary>A word after substitution, and the name of a variable in it that has no value, or null.</summary>
    public (string Text, string? Unset) Expand(string word)
    {
        if (!word.AsSpan().ContainsAny("$\"'\\`"))
        {
            return (word, null);
        }

        var shell = new ShellText(escape, Find);
        return (shell.Expand(word), shell.Unset.FirstOrDefault());
    }

    private string? Known(string word) => Expand(word) is { Unset: null, Text: var text } ? text : null;

    private bool IsMadeFromUnknown(Instruction instruction, string name)
    {
        var earlier = instruction.Arguments.Select(word => word.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return instruction.Arguments.LastOrDefault(word => word.StartsWith(name + "=", StringComparison.Ordinal)) is { } word
            && Expand(word[(name.Length + 1)..]).Unset is { } unset && !earlier.Contains(unset);
    }

    private string? Find(string name) => environment.TryGetValue(name, out var value) ? value : args.GetValueOrDefault(name);
}
