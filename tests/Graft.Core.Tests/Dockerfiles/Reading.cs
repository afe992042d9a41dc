using System.Globalization;
using System.Text;
using Graft.Core.Dockerfiles;
using Graft.Core.Images;

namespace Graft.Core.Tests.Dockerfiles;

/// <summary>
/// What a Dockerfile was read as, a line for each thing: <c>LINE[:COLUMN] KEYWORD --FLAG=VALUE [ARGUMENT] json</c>, an inline file below its
/// instruction, and what each stage that is needed is made from.
/// </summary>
internal static class Reading
{
    public static string Of(Dockerfile dockerfile, string? request)
    {
        var lines = new List<string>();
        if (dockerfile.Syntax is { } syntax)
        {
            lines.Add("syntax " + syntax);
        }

        if (dockerfile.Escape != '\\')
        {
            lines.Add("escape " + dockerfile.Escape);
        }

        lines.AddRange(dockerfile.GlobalArgs.SelectMany(Lines));
        foreach (var stage in dockerfile.Stages)
        {
            lines.Add($"{Lines(stage.From).Single()} -> stage {stage.Index}{(stage.Name is null ? "" : " " + stage.Name)}");
            lines.AddRange(stage.Instructions.SelectMany(Lines));
        }

        if (request is not null)
        {
            lines.AddRange(Needs(dockerfile, request.Split(' ')));
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Lines(Instruction instruction)
    {
        var place = instruction.Location.Column == 1
            ? instruction.Location.Line.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{instruction.Location.Line}:{instruction.Location.Column}");
        var carrier = instruction.Trigger ?? instruction;
        var line = new StringBuilder($"{place} {(instruction.Trigger is null ? "" : instruction.Keyword + ": ")}{carrier.Keyword}");
        foreach (var flag in carrier.Flags)
        {
            line.Append(CultureInfo.InvariantCulture, $" --{flag.Name}{(flag.Value is null ? "" : "=" + flag.Value)}");
        }

        foreach (var argument in carrier.Arguments)
        {
            line.Append(CultureInfo.InvariantCulture, $" [{argument}]");
        }

        yield return line.Append(carrier.IsJson ? " json" : "").ToString();
        foreach (var heredoc in carrier.Heredocs)
        {
            var content = heredoc.Content.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
            yield return $"  <<{(heredoc.Expand ? heredoc.Name : $"'{heredoc.Name}'")} \"{content}\"";
        }
    }

    private static IEnumerable<string> Needs(Dockerfile dockerfile, string[] request)
    {
        var target = request.FirstOrDefault(word => word.StartsWith("target=", StringComparison.Ordinal))?[7..];
        var args = request.Where(word => word.Contains('=', StringComparison.Ordinal)).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var contexts = request.Where(word => word[0] == '+').Select(word => word[1..]);
        foreach (var stage in StageGraph.Resolve(dockerfile, target, new BuildVariables(dockerfile, args, Platform.Default, target), contexts).Stages)
        {
            var platform = stage.Platform is null ? "" : " for " + stage.Platform;
            var inputs = stage.Inputs.Select(input => $", {input.Instruction.Location.Line} {Name(input)}");
            yield return $"needs stage {stage.Stage.Index}: {Name(stage.Base)}{platform}{string.Concat(inputs)}";
        }
    }

    private static string Name(StageInput input) => input.Kind switch
    {
        StageInputKind.Scratch => "scratch",
        StageInputKind.Stage => $"stage {input.Stage}",
        StageInputKind.Context => "context " + input.Text,
        _ => "image " + input.Text,
    };
}
