using System.Text;

namespace Graft.Adapters.Processes;

/// <summary>What a program that ended left: its exit code, the bytes of its standard output, the text of its standard error.</summary>
public sealed record ProgramResult(int ExitCode, ReadOnlyMemory<byte> Output, string Error)
{
    /// <summary>Standard output as UTF-8; bytes that are not become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Output.Span);

    /// <summary>Whether the exit code is 0.</summary>
    public bool Succeeded => ExitCode == 0;
}
