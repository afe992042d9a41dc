using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Products.Discovery;

/// <summary>A path that a Dockerfile takes from its context: cleaned, <c>.</c> for all of it, with wildcards; and the instruction's place.</summary>
internal sealed record CopySource(string Path, SourceLocation Place);

/// <summary>Finds what a Dockerfile takes from its context, whatever the target.</summary>
internal static class CopySources
{
    /// <summary>The sources of COPY, ADD and bind mounts without <c>--from</c>; those with a variable that has no value are left out.</summary>
    public static IReadOnlyList<CopySource> Find(Dockerfile dockerfile, IReadOnlyDictionary<string, string> args)
    {
        var sources = new List<CopySource>();
        try
        {
            var variables = new BuildVariables(dockerfile, args, Platform.Default, null);
            foreach (var stage in dockerfile.Stages)
            {
                var scope = new Dictionary<string, string?>(StringComparer.Ordinal);
                foreach (var instruction in stage.Instructions)
                {
                    sources.AddRange(Written(instruction)
                        .Select(word => Expanded(word, dockerfile.Escape, name => scope.GetValueOrDefault(name)))
                        .Select(word => word is null ? null : Clean(word))
                        .OfType<string>()
                        .Select(path => new CopySource(path, instruction.Location)));
                    Declare(instruction, variables, scope);
                }
            }
        }
        catch (GraftException)
        {
            // A variable that cannot be read: what was found until there is what there is to guess from.
        }

        return sources;
    }

    private static void Declare(Instruction instruction, BuildVariables variables, Dictionary<string, string?> scope)
    {
        if (instruction.Keyword == "ARG")
        {
            foreach (var (name, value) in variables.ArgsOf(instruction, name => scope.GetValueOrDefault(name)))
            {
                scope[name] = value;
            }
        }
        else if (instruction.Keyword == "ENV")
        {
            for (var index = 0; index + 1 < instruction.Arguments.Count; index += 2)
            {
                scope[instruction.Arguments[index]] = variables.Expand(instruction.Arguments[index + 1], instruction.Location, name => scope.GetValueOrDefault(name));
            }
        }
    }

    private static IEnumerable<string> Written(Instruction instruction) => instruction.Keyword switch
    {
        "COPY" or "ADD" when instruction.FindFlag("from") is null && instruction.Arguments.Count > 1 =>
            instruction.Arguments.SkipLast(1).Where(word => instruction.FindHeredoc(word) is null && !IsRemote(word)),
        "RUN" => instruction.Flags.Where(flag => flag.Name == "mount").Select(flag => MountSource(flag.Value ?? "")).OfType<string>(),
        _ => [],
    };

    private static bool IsRemote(string word) => word.Contains("://", StringComparison.Ordinal) || word.StartsWith("git@", StringComparison.Ordinal);

    // type=bind is what a mount is that says nothing else.
    private static string? MountSource(string mount)
    {
        var fields = mount.Split(',').Select(field => field.Split('=', 2)).ToLookup(pair => pair[0].ToLowerInvariant(), pair => pair.Length > 1 ? pair[1] : "", StringComparer.Ordinal);
        return fields["type"].LastOrDefault("bind") == "bind" && !fields["from"].Any()
            ? fields["source"].Concat(fields["src"]).LastOrDefault(".")
            : null;
    }

    private static string? Expanded(string word, char escape, Func<string, string?> valueOf)
    {
        var shell = new ShellText(escape, valueOf);
        try
        {
            var expanded = shell.Expand(word);
            return shell.Unset.Any() ? null : expanded;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // A path cannot leave its context: `..` at the top stays there.
    private static string Clean(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/').Where(segment => segment is not ("" or ".")))
        {
            if (segment != "..")
            {
                segments.Add(segment);
            }
            else if (segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        return segments.Count == 0 ? "." : string.Join('/', segments);
    }
}
