namespace Graft.Core.Dockerfiles;

/// <summary>
/// A Dockerfile as BuildKit's reader would split it: nothing is substituted and nothing is run. <c>File</c> is the path that
/// messages name; <c>Syntax</c> the frontend that a directive asks for; <c>Escape</c> the escape character; <c>GlobalArgs</c> the ARG
/// instructions before the first FROM.
/// </summary>
public sealed record Dockerfile(string File, string? Syntax, char Escape, IReadOnlyList<Instruction> GlobalArgs, IReadOnlyList<Stage> Stages)
{
    /// <summary>Reads a Dockerfile; what BuildKit would refuse is an input failure that begins with <c>FILE:LINE:COLUMN</c>.</summary>
    /// <param name="text">The file's text; a byte order mark and CRLF line ends are allowed.</param>
    /// <param name="file">The path that messages name.</param>
    public static Dockerfile Parse(string text, string file) => new DockerfileReader(text, file).Read();
}

/// <summary>One build stage: its place in the file (from 0), its name in lower case, its FROM, and the instructions after it.</summary>
public sealed record Stage(int Index, string? Name, Instruction From, IReadOnlyList<Instruction> Instructions)
{
    /// <summary>What FROM names, before substitution.</summary>
    public string Base => From.Arguments[0];
}
