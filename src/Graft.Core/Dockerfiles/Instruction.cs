using Graft.Core.Failures;

namespace Graft.Core.Dockerfiles;

/// <summary>One instruction of a Dockerfile, before substitution.</summary>
/// <param name="Keyword">The keyword in upper case.</param>
/// <param name="Flags">Its <c>--name=value</c> flags, in order.</param>
/// <param name="Arguments">
/// What follows: words (FROM, COPY, ADD, VOLUME, EXPOSE, ARG), names and values in turn (ENV, LABEL), the JSON array's members, or the whole
/// text as one (RUN, CMD, ENTRYPOINT in shell form; USER, WORKDIR, STOPSIGNAL, MAINTAINER). HEALTHCHECK has its type first.
/// </param>
/// <param name="IsJson">Whether the arguments were a JSON array.</param>
/// <param name="Heredocs">The inline files whose content follows the line.</param>
/// <param name="Text">The instruction as one line, continuations joined.</param>
/// <param name="Trigger">The instruction that ONBUILD defers; null otherwise.</param>
/// <param name="Location">Where its keyword stands.</param>
public sealed record Instruction(
    string Keyword,
    IReadOnlyList<InstructionFlag> Flags,
    IReadOnlyList<string> Arguments,
    bool IsJson,
    IReadOnlyList<Heredoc> Heredocs,
    string Text,
    Instruction? Trigger,
    SourceLocation Location)
{
    /// <summary>The value of the last flag of this name; null where there is none (an empty text for a flag without a value).</summary>
    public string? FindFlag(string name) => Flags.LastOrDefault(flag => flag.Name == name) is { } flag ? flag.Value ?? "" : null;

    /// <summary>The inline file that a word such as <c>&lt;&lt;EOF</c> stands for, or null for an ordinary word.</summary>
    public Heredoc? FindHeredoc(string word) =>
        HeredocMark.TryParse(word) is { } mark ? Heredocs.FirstOrDefault(heredoc => heredoc.Name == mark.Name) : null;
}

/// <summary>A flag such as <c>--from=build</c>, without the dashes; the value is null for a flag like <c>--link</c>.</summary>
public sealed record InstructionFlag(string Name, string? Value);

/// <summary>An inline file: its name, whether variables in it are substituted, and its content (with tabs stripped for <c>&lt;&lt;-</c>).</summary>
public sealed record Heredoc(string Name, bool Expand, string Content);
