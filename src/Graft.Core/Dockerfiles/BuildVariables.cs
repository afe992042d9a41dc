using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Dockerfiles;

/// <summary>
/// The variables that exist before the first stage: the platform ones, and the ARG instructions above the first FROM with the build's
/// arguments over their defaults. Only FROM sees them; a stage takes one over by naming it in an ARG of its own.
/// </summary>
public sealed class BuildVariables
{
    private readonly Dictionary<string, string> global = [];
    private readonly IReadOnlyDictionary<string, string> args;
    private readonly char escape;

    /// <summary>Evaluates the ARGs above the first FROM.</summary>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="args">The build's arguments.</param>
    /// <param name="platform">What the image is built for.</param>
    /// <param name="target">The target as asked for, or null.</param>
    /// <param name="builder">The platform that builds; null for <see cref="Platform.Default"/>, whatever the machine is.</param>
    public BuildVariables(Dockerfile dockerfile, IReadOnlyDictionary<string, string> args, Platform platform, string? target, Platform? builder = null)
    {
        this.args = args;
        escape = dockerfile.Escape;
        AddPlatform("TARGET", platform);
        // The machine's own platform would make the image depend on where it was built.
        AddPlatform("BUILD", builder ?? Platform.Default);
        global["TARGETSTAGE"] = target ?? "default";
        foreach (var instruction in dockerfile.GlobalArgs)
        {
            foreach (var (name, value) in ArgsOf(instruction, Find))
            {
                if (value is null)
                {
                    // An ARG without a value leaves a platform variable as it is.
                    continue;
                }

                global[name] = value;
            }
        }
    }

    /// <summary>The value of a variable that FROM can see; null when it has none.</summary>
    public string? Find(string name) => global.GetValueOrDefault(name);

    /// <summary>
    /// The names of an ARG instruction and their values: the build's argument, else the default after substitution, else what the variable
    /// is above the first FROM, else null.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ArgsOf(Instruction instruction, Func<string, string?> valueOf)
    {
        var values = new List<KeyValuePair<string, string?>>();
        foreach (var word in instruction.Arguments)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = Expand(equals < 0 ? word : word[..equals], instruction.Location, valueOf);
            if (name.Length == 0)
            {
                throw instruction.Location.Error("ARG has an empty name");
            }

            // Args later on the line see those before them.
            var value = args.GetValueOrDefault(name) ?? (equals < 0 ? Find(name) : Expand(word[(equals + 1)..], instruction.Location, Seen));
            values.Add(new(name, value));
        }

        return values;

        string? Seen(string name) => values.LastOrDefault(pair => pair.Key == name).Value ?? valueOf(name);
    }

    /// <summary>Substitutes the variables of one word; a text that cannot be read is an input failure at this place.</summary>
    public string Expand(string word, SourceLocation location, Func<string, string?> valueOf)
    {
        try
        {
            return new ShellText(escape, valueOf).Expand(word);
        }
        catch (FormatException malformed)
        {
            throw location.Error($"'{word}' cannot be substituted: {malformed.Message}");
        }
    }

    /// <summary>Substitutes the variables that FROM can see; one without a value is an input failure that names it.</summary>
    public string ExpandFrom(string word, SourceLocation location)
    {
        string expanded;
        var shell = new ShellText(escape, Find);
        try
        {
            expanded = shell.Expand(word);
        }
        catch (FormatException malformed)
        {
            throw location.Error($"'{word}' cannot be substituted: {malformed.Message}");
        }

        if (shell.Unset.FirstOrDefault() is { } name)
        {
            throw location.Error($"'{name}' has no value in '{word}'", $"give it a default with `ARG {name}=…` above the first FROM, or a value under `args` in graft.yaml");
        }

        return expanded.Length > 0 ? expanded : throw location.Error($"'{word}' is empty after substitution");
    }

    private void AddPlatform(string prefix, Platform platform)
    {
        global[prefix + "PLATFORM"] = platform.ToString();
        global[prefix + "OS"] = platform.Os;
        global[prefix + "ARCH"] = platform.Architecture;
        global[prefix + "VARIANT"] = platform.Variant ?? "";
    }
}
