using CsCheck;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Core.Tests.Dockerfiles;

public sealed class DockerfileReaderTests
{
    [Theory]
    [InlineData("COPY a b /c", "COPY|a|b|/c")]
    [InlineData("copy a \\\n  b /c", "COPY|a|b|/c")]
    [InlineData("COPY a \\\n# a comment\n\n   # another\n b /c", "COPY|a|b|/c")]
    [InlineData("COPY a \\  \t\n b /c", "COPY|a|b|/c")]
    [InlineData("COPY a \\\r\n b /c\r", "COPY|a|b|/c")]
    [InlineData("  COPY\ta\t/c  ", "COPY|a|/c")]
    [InlineData("COPY [\"a b\", \"/c\"]", "COPY|a b|/c")]
    [InlineData("COPY [a b, /c]", "COPY|[a|b,|/c]")]
    [InlineData("COPY \"a b\" /c", "COPY|\"a|b\"|/c")]
    [InlineData("RUN echo \\\\\nEXPOSE 1", "RUN|echo \\\\")]
    [InlineData("RUN a && \\\n    b", "RUN|a &&     b")]
    [InlineData("RUN [\"a\", \"b\"]", "RUN|a|b")]
    [InlineData("RUN [ -f x ] && y", "RUN|[ -f x ] && y")]
    [InlineData("CMD", "CMD")]
    [InlineData("CMD []", "CMD")]
    [InlineData("ENV a=1 b=\"x y\" c='z' d=p\\ q", "ENV|a|1|b|\"x y\"|c|'z'|d|p\\ q")]
    [InlineData("ENV a the rest = here", "ENV|a|the rest = here")]
    [InlineData("LABEL \"a.b\"=c", "LABEL|\"a.b\"|c")]
    [InlineData("ARG a b=1 c=\"x y\"", "ARG|a|b=1|c=\"x y\"")]
    [InlineData("ARG x=# not a comment", "ARG|x=#|not|a|comment")]
    [InlineData("EXPOSE 80 53/udp", "EXPOSE|80|53/udp")]
    [InlineData("WORKDIR /a b", "WORKDIR|/a b")]
    [InlineData("HEALTHCHECK --interval=5s CMD [\"x\", \"y\"]", "HEALTHCHECK|CMD|x|y")]
    [InlineData("HEALTHCHECK NONE", "HEALTHCHECK|NONE")]
    [InlineData("ONBUILD RUN x", "ONBUILD")]
    [InlineData("VOLUME /a /b", "VOLUME|/a|/b")]
    public void Splits_instructions(string text, string expected)
    {
        var instruction = Dockerfile.Parse($"FROM scratch\n{text}\n", "Dockerfile").Stages[0].Instructions[0];

        Assert.Equal(expected, string.Join('|', instruction.Arguments.Prepend(instruction.Keyword)));
    }

    [Theory]
    [InlineData("COPY --from=x --chown=1:2 --link a b", "from=x chown=1:2 link", "a|b")]
    [InlineData("COPY --chmod=\"0 7\" a b", "chmod=0 7", "a|b")]
    [InlineData("COPY \\\n --from=x \\\n a b", "from=x", "a|b")]
    [InlineData("COPY -- --a b", "", "--a|b")]
    [InlineData("RUN --mount=type=bind,from=x,target=/y --network=none cmd --flag", "mount=type=bind,from=x,target=/y network=none", "cmd --flag")]
    [InlineData("COPY a --from=b", "", "a|--from=b")]
    public void Takes_flags_off_the_start(string text, string flags, string arguments)
    {
        var instruction = Dockerfile.Parse($"FROM scratch\n{text}\n", "Dockerfile").Stages[0].Instructions[0];

        Assert.Equal(flags, string.Join(' ', instruction.Flags.Select(flag => flag.Value is null ? flag.Name : $"{flag.Name}={flag.Value}")));
        Assert.Equal(arguments, string.Join('|', instruction.Arguments));
    }

    [Fact]
    public void Reads_directives_until_something_else_stands()
    {
        var dockerfile = Dockerfile.Parse("# Syntax = docker/dockerfile:1.7 \n#escape=`\n# a comment\n# check=skip=all\nFROM scratch\nCOPY a `\n  c:\\x\\\n", "Dockerfile");

        Assert.Equal("docker/dockerfile:1.7", dockerfile.Syntax);
        Assert.Equal('`', dockerfile.Escape);
        Assert.Equal(["a", "c:\\x\\"], dockerfile.Stages[0].Instructions[0].Arguments);
    }

    [Theory]
    [InlineData("\n# escape=`\nFROM scratch\n")]
    [InlineData("# hello\n# escape=`\nFROM scratch\n")]
    [InlineData("# unknown=1\n# escape=`\nFROM scratch\n")]
    public void A_directive_after_anything_else_is_a_comment(string text) => Assert.Equal('\\', Dockerfile.Parse(text, "Dockerfile").Escape);

    [Fact]
    public void Reads_a_byte_order_mark_and_crlf()
    {
        var dockerfile = Dockerfile.Parse("\uFEFF# escape=`\r\nARG A=1\r\nFROM a AS B\r\nENV x=y\r\n", "Dockerfile");

        Assert.Equal("b", dockerfile.Stages[0].Name);
        Assert.Equal("A=1", Assert.Single(dockerfile.GlobalArgs).Arguments[0]);
        Assert.Equal(["x", "y"], dockerfile.Stages[0].Instructions[0].Arguments);
    }

    [Fact]
    public void Reads_inline_files()
    {
        var dockerfile = Dockerfile.Parse("FROM scratch\nCOPY <<one <<-\"two\" /x/\n # kept $A\none\n\tb\\\n\ttwo\nRUN <<EOF\nFROM me\nEOF\nRUN cat <<< here\nUSER a\n", "Dockerfile");

        var instructions = dockerfile.Stages[0].Instructions;
        Assert.Equal([new Heredoc("one", true, " # kept $A\n"), new Heredoc("two", false, "b\\\n")], instructions[0].Heredocs);
        Assert.Equal("two", instructions[0].FindHeredoc("<<-\"two\"")!.Name);
        Assert.Equal("FROM me\n", Assert.Single(instructions[1].Heredocs).Content);
        Assert.Empty(instructions[2].Heredocs);
        Assert.Equal(11, instructions[3].Location.Line);
    }

    [Fact]
    public void Says_where_an_instruction_stands()
    {
        var dockerfile = Dockerfile.Parse("# c\nFROM a\n\n  COPY x \\\n y\n", "src/Dockerfile");

        Assert.Equal("src/Dockerfile:4:3", dockerfile.Stages[0].Instructions[0].Location.ToString());
    }

    [Theory]
    [InlineData("", "D:1:1: no FROM: there is no stage to build")]
    [InlineData("ARG a\n", "D:1:1: no FROM: there is no stage to build")]
    [InlineData("# c\nCOPY a b\nFROM x\n", "D:2:1: 'COPY' stands before the first FROM")]
    [InlineData("FROM a as\n", "D:1:1: FROM takes one argument, or three: `FROM IMAGE AS NAME`")]
    [InlineData("FROM a AS 1x\n", "D:1:1: '1x' is not a stage name")]
    [InlineData("FROM a\nCOPYY a b\n", "D:2:1: unknown instruction 'COPYY'")]
    [InlineData("FROM a\n  COPY a\n", "D:2:3: 'COPY' needs a source and a destination")]
    [InlineData("FROM a\nCOPY [1, 2]\n", "D:2:1: a JSON array here holds strings only")]
    [InlineData("FROM a\nENV x\n", "D:2:1: 'ENV' needs a name and a value")]
    [InlineData("FROM a\nENV x=1 y\n", "D:2:1: 'y' has no '='")]
    [InlineData("FROM a\nUSER\n", "D:2:1: 'USER' needs an argument")]
    [InlineData("FROM a\nONBUILD FROM x\n", "D:2:1: 'FROM' cannot be deferred with ONBUILD")]
    [InlineData("FROM a\nCOPY <<E /x\nE \n", "D:2:1: the inline file 'E' has no end")]
    [InlineData("# escape=x\nFROM a\n", "D:1:1: 'x' cannot be the escape character")]
    [InlineData("# escape=`\n# escape=`\nFROM a\n", "D:2:1: the parser directive 'escape' stands here a second time")]
    [InlineData("FROM a\0b\n", "D:1:1: a NUL byte cannot stand in a Dockerfile")]
    public void Refuses_by_place(string text, string message)
    {
        var failure = Assert.Throws<GraftException>(() => Dockerfile.Parse(text, "D"));

        Assert.Equal((FailureKind.Input, message), (failure.Kind, failure.Message));
    }

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.OneOf("FROM ", "a", " AS b", "\n", "COPY ", "<<E", "E", "\\", "'", "\"", "$", "{", "}", "--from=", "[", "]", "#", "ENV ", "x=y", " ", "\t", "\r\n", "ONBUILD ")
            .List[0, 30].Select(parts => "FROM s\n" + string.Concat(parts))
            .Sample(text =>
            {
                try
                {
                    return Dockerfile.Parse(text, "D").Stages.Count > 0;
                }
                catch (GraftException refused)
                {
                    return refused.Kind == FailureKind.Input && refused.Message.StartsWith("D:", StringComparison.Ordinal);
                }
            });
}
