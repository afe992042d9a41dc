using System.Text.RegularExpressions;
using Graft.Core.Failures;

namespace Graft.Core.Dockerfiles;

/// <summary>Splits a Dockerfile into logical lines, and these into stages, as BuildKit's parser does.</summary>
internal sealed partial class DockerfileReader(string text, string file)
{
    private readonly PhysicalLines lines = new(text.TrimStart('\uFEFF'));
    private readonly Dictionary<string, string> directives = [];
    private bool directivesOver;
    private char escape = '\\';

    public Dockerfile Read()
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw At(1, 1).Error("a NUL byte cannot stand in a Dockerfile");
        }

        var instructions = ReadInstructions();
        var globals = instructions.TakeWhile(instruction => instruction.Keyword != "FROM").ToList();
        if (globals.FirstOrDefault(instruction => instruction.Keyword != "ARG") is { } early)
        {
            throw early.Location.Error($"'{early.Keyword}' stands before the first FROM", "only ARG may");
        }

        if (globals.Count == instructions.Count)
        {
            throw At(1, 1).Error("no FROM: there is no stage to build");
        }

        return new Dockerfile(file, directives.GetValueOrDefault("syntax")?.Split(' ')[0], escape, globals, Stages(instructions.Skip(globals.Count)));
    }

    private static List<Stage> Stages(IEnumerable<Instruction> instructions)
    {
        var stages = new List<Stage>();
        var body = new List<Instruction>();
        foreach (var instruction in instructions)
        {
            if (instruction.Keyword != "FROM")
            {
                body.Add(instruction);
                continue;
            }

            body = [];
            stages.Add(new Stage(stages.Count, StageName(instruction), instruction, body));
        }

        return stages;
    }

    private static string? StageName(Instruction from)
    {
        if (from.Arguments.Count == 1)
        {
            return null;
        }

        if (from.Arguments.Count != 3 || !from.Arguments[1].Equals("as", StringComparison.OrdinalIgnoreCase))
        {
            throw from.Location.Error("FROM takes one argument, or three: `FROM IMAGE AS NAME`");
        }

        var name = from.Arguments[2].ToLowerInvariant();
        return StageNameGrammar().IsMatch(name)
            ? name
            : throw from.Location.Error($"'{from.Arguments[2]}' is not a stage name", "a stage name begins with a letter and goes on with letters, digits, `-`, `_` and `.`");
    }

    private List<Instruction> ReadInstructions()
    {
        var instructions = new List<Instruction>();
        while (lines.TryRead(out var line))
        {
            var start = line.TrimStart();
            ReadDirective(start);
            if (start.Length == 0 || start[0] == '#')
            {
                continue;
            }

            var location = At(lines.Number, line.Length - start.Length + 1);
            var logical = ReadContinuations(start);
            instructions.Add(ReadHeredocs(new InstructionReader(escape).Read(logical, location)));
        }

        return instructions;
    }

    private void ReadDirective(string line)
    {
        if (directivesOver)
        {
            return;
        }

        var match = DirectiveGrammar().Match(line);
        var name = match.Groups["name"].Value.ToLowerInvariant();
        if (!match.Success || name is not ("syntax" or "escape" or "check"))
        {
            directivesOver = true;
            return;
        }

        var value = match.Groups["value"].Value;
        if (!directives.TryAdd(name, value))
        {
            throw At(lines.Number, 1).Error($"the parser directive '{name}' stands here a second time");
        }

        if (name == "escape")
        {
            escape = value is "\\" or "`" ? value[0] : throw At(lines.Number, 1).Error($"'{value}' cannot be the escape character", "it is `\\` or a backtick");
        }
    }

    private string ReadContinuations(string first)
    {
        var logical = TrimContinuation(first, out var continues);
        while (continues && lines.TryRead(out var next))
        {
            var start = next.TrimStart();
            // Comments and empty lines within a continued instruction are passed over.
            if (start.Length == 0 || start[0] == '#')
            {
                continue;
            }

            logical += TrimContinuation(next, out continues);
        }

        return logical;
    }

    /// <summary>Takes the escape character off the end of a line that goes on; two of them are an ordinary character.</summary>
    private string TrimContinuation(string line, out bool continues)
    {
        var trimmed = line.TrimEnd(' ', '\t');
        continues = trimmed.EndsWith(escape) && !(trimmed.Length > 1 && trimmed[^2] == escape);
        return continues ? trimmed[..^1] : line;
    }

    private Instruction ReadHeredocs(Instruction instruction)
    {
        var carrier = instruction.Trigger ?? instruction;
        if (carrier.IsJson || carrier.Keyword is not ("RUN" or "COPY" or "ADD") || !carrier.Text.Contains("<<", StringComparison.Ordinal))
        {
            return instruction;
        }

        if (carrier.Keyword != "RUN" && HeredocMark.TryParse(carrier.Arguments[^1]) is not null)
        {
            throw instruction.Location.Error($"'{carrier.Arguments[^1]}' is an inline file, and the destination cannot be one");
        }

        var heredocs = new List<Heredoc>();
        foreach (var mark in HeredocMark.FindAll(carrier.Text))
        {
            heredocs.Add(new Heredoc(mark.Name, mark.Expand, ReadHeredoc(mark, instruction)));
        }

        var filled = carrier with { Heredocs = heredocs };
        return instruction.Trigger is null ? filled : instruction with { Trigger = filled };
    }

    private string ReadHeredoc(HeredocMark mark, Instruction instruction)
    {
        var content = new System.Text.StringBuilder();
        while (lines.TryReadWhole(out var line))
        {
            var body = mark.StripTabs ? line.TrimStart('\t') : line;
            if (body.TrimEnd('\r', '\n') == mark.Name)
            {
                return content.ToString();
            }

            content.Append(body);
        }

        throw instruction.Location.Error($"the inline file '{mark.Name}' has no end", $"end it with a line that is `{mark.Name}`");
    }

    private SourceLocation At(int line, int column) => new(file, line, column);

    [GeneratedRegex(@"\A#\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)\s*=\s*(?<value>.+?)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DirectiveGrammar();

    [GeneratedRegex(@"\A[a-z][a-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex StageNameGrammar();

    /// <summary>The lines of a text as they are on the page, counted from 1.</summary>
    private sealed class PhysicalLines(string text)
    {
        private int at;

        public int Number { get; private set; }

        public bool TryRead(out string line)
        {
            var read = TryReadWhole(out line);
            line = line.TrimEnd('\r', '\n');
            return read;
        }

        /// <summary>The next line with its line end: the content of an inline file keeps it.</summary>
        public bool TryReadWhole(out string line)
        {
            line = "";
            if (at >= text.Length)
            {
                return false;
            }

            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            line = text[at..end];
            at = end;
            Number++;
            return true;
        }
    }
}
