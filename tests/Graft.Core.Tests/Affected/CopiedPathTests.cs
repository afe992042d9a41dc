namespace Graft.Core.Tests.Affected;

public sealed class CopiedPathTests
{
    [Theory]
    [InlineData("COPY a.txt /", "src/api/a.txt", true)]
    [InlineData("COPY a.txt /", "src/api/b.txt", false)]
    [InlineData("COPY . /", "src/api/sub/c.txt", true)]
    [InlineData("COPY ./ /", "src/api/new/deep/file", true)]
    [InlineData("COPY . /", "README.md", false)]
    [InlineData("COPY / /", "src/api/a.txt", true)]
    [InlineData("COPY sub /x", "src/api/sub/c.txt", true)]
    [InlineData("COPY sub /x", "src/api/sub/new", true)]
    [InlineData("COPY sub /x", "src/api/subway", false)]
    [InlineData("COPY sub/../a.txt /x", "src/api/a.txt", true)]
    [InlineData("COPY ../../README.md /x", "README.md", false)]
    [InlineData("COPY *.txt /x/", "src/api/b.txt", true)]
    [InlineData("COPY *.txt /x/", "src/api/new.txt", true)]
    [InlineData("COPY *.txt /x/", "src/api/sub/c.txt", false)]
    [InlineData("COPY s*/c.* /x/", "src/api/sub/c.txt", true)]
    [InlineData("COPY s* /x/", "src/api/sub/c.txt", true)]
    [InlineData("COPY [ab].txt /x/", "src/api/b.txt", true)]
    [InlineData("COPY [^a].txt /x/", "src/api/a.txt", false)]
    [InlineData("COPY ?.txt /x/", "src/api/ab.txt", false)]
    [InlineData("COPY [\\\"a.txt\\\", \\\"/x\\\"]", "src/api/a.txt", true)]
    [InlineData("ADD a.txt /x", "src/api/a.txt", true)]
    [InlineData("ADD https://example.org/a.txt /x", "src/api/a.txt", false)]
    [InlineData("ADD git@example.org:a/b.git /x", "src/api/a.txt", false)]
    [InlineData("ARG V\\nADD https://example.org/v$V/a.txt /x", "src/api/a.txt", false)]
    [InlineData("ARG V\\nADD --checksum=$V git@example.org:a/${V}.git /x", "src/api/a.txt", false)]
    [InlineData("ARG V\\nADD ${V}/https://a.txt /x", "src/api/a.txt", true)]
    [InlineData("COPY <<EOF /x\\na.txt\\nEOF", "src/api/a.txt", false)]
    [InlineData("copy --chown=1:1 --chmod=755 --link a.txt /x", "src/api/a.txt", true)]
    [InlineData("COPY --exclude=*.md . /x", "src/api/new.md", false)]
    [InlineData("COPY --exclude=*.md . /x", "src/api/sub/new.md", true)]
    [InlineData("COPY --exclude=c.txt sub /x", "src/api/sub/c.txt", false)]
    [InlineData("COPY --exclude=**/c.txt --exclude=!sub/c.txt . /x", "src/api/sub/c.txt", true)]
    [InlineData("COPY --exclude=*.md --exclude=*.txt . /x", "src/api/a.txt", false)]
    [InlineData("COPY --parents ./sub/**/x.md /x", "src/api/sub/deep/er/x.md", true)]
    [InlineData("COPY --parents sub/./c.txt /x", "src/api/sub/c.txt", true)]
    [InlineData("COPY --parents sub/./c.txt /x", "src/api/a.txt", false)]
    [InlineData("COPY \\\\\\na.txt \\\\\\n# no\\n /x", "src/api/a.txt", true)]
    [InlineData("RUN --mount=type=bind,source=sub,target=/s make", "src/api/sub/c.txt", true)]
    [InlineData("RUN --mount=type=bind,source=sub,target=/s make", "src/api/a.txt", false)]
    [InlineData("RUN --mount=type=bind,src=a.txt,target=/s make", "src/api/a.txt", true)]
    [InlineData("RUN --mount=source=s*,target=/s make", "src/api/sub/c.txt", false)]
    [InlineData("RUN --mount=target=/s make", "src/api/a.txt", true)]
    [InlineData("RUN --mount=type=cache,target=/s make", "src/api/a.txt", false)]
    [InlineData("RUN --mount=type=secret,id=a make", "src/api/a.txt", false)]
    [InlineData("RUN --mount=type=bind,from=alpine,target=/s make", "src/api/a.txt", false)]
    [InlineData("RUN cat a.txt", "src/api/a.txt", false)]
    public void Counts_what_an_instruction_takes(string instruction, string changed, bool isAffected) =>
        Assert.Equal(isAffected ? "api" : "", Change.OfOne($"FROM scratch\\n{instruction}").Affects(changed));

    [Fact]
    public void Names_the_first_line_that_takes_a_path() =>
        Assert.Equal(
            "src/api/a.txt -> src/api/Dockerfile:3: COPY takes 'a.txt'",
            Change.OfOne("FROM scratch\\nLABEL a=b\\nCOPY a.txt /x\\nCOPY . /y").Reason("src/api/a.txt"));

    [Fact]
    public void Counts_additions_deletions_modes_and_both_sides_of_a_rename()
    {
        var change = Change.OfOne("FROM scratch\\nCOPY sub /x");

        Assert.Equal("api", change.Affects("-src/api/sub/c.txt"));
        Assert.Equal("api", change.Affects("+src/api/sub/c.txt"));
        Assert.Equal("api", change.Affects("-src/api/sub/c.txt", "docs/c.txt = c"));
        Assert.Equal("api", change.Affects("-README.md", "src/api/sub/README.md = read"));
        Assert.Equal("", change.Affects("-README.md", "docs/README.md = read"));
    }

    [Fact]
    public void Counts_only_stages_that_the_target_needs()
    {
        const string dockerfile = "FROM scratch AS one\\nCOPY a.txt /\\nFROM scratch AS two\\nCOPY b.txt /\\nFROM scratch AS three\\nCOPY sub /\\nCOPY --from=one / /";

        Assert.Equal("api", Change.OfOne(dockerfile).Affects("src/api/a.txt"));
        Assert.Equal("", Change.OfOne(dockerfile).Affects("src/api/b.txt"));
        Assert.Equal("", Change.OfOne(dockerfile, rule: "    targets: { one: acme/api }\\n").Affects("src/api/sub/c.txt"));
        Assert.Equal("api", Change.OfOne(dockerfile, rule: "    targets: { one: acme/api }\\n").Affects("src/api/a.txt"));
    }

    [Theory]
    [InlineData("FROM scratch\\nARG DIR=sub\\nCOPY $DIR /x", "", "src/api/a.txt", "")]
    [InlineData("FROM scratch\\nARG DIR=sub\\nCOPY $DIR /x", "", "src/api/sub/c.txt", "api")]
    [InlineData("ARG DIR=sub\\nFROM scratch\\nARG DIR\\nCOPY ${DIR} /x", "", "src/api/a.txt", "")]
    [InlineData("ARG DIR=sub\\nFROM scratch\\nCOPY ${DIR} /x", "", "src/api/a.txt", "api")]
    [InlineData("FROM scratch\\nARG DIR\\nCOPY $DIR /x", "", "src/api/a.txt", "api")]
    [InlineData("FROM scratch\\nARG DIR\\nCOPY $DIR /x", "    args: { DIR: sub }\\n", "src/api/a.txt", "")]
    [InlineData("FROM scratch\\nARG DIR=sub\\nENV DIR=a.txt\\nCOPY $DIR /x", "", "src/api/a.txt", "api")]
    [InlineData("FROM scratch\\nENV DIR=$OTHER\\nCOPY b.txt$DIR /x", "", "src/api/a.txt", "api")]
    [InlineData("FROM scratch\\nARG DIR=$OTHER\\nCOPY b.txt$DIR /x", "", "src/api/a.txt", "api")]
    [InlineData("FROM scratch AS a\\nENV DIR=sub\\nFROM a\\nCOPY $DIR /x", "", "src/api/a.txt", "")]
    [InlineData("FROM scratch\\nCOPY ${DIR:-sub} /x", "", "src/api/a.txt", "")]
    [InlineData("FROM scratch\\nARG TARGETARCH\\nCOPY $TARGETARCH /x", "", "src/api/arm64/x", "api")]
    [InlineData("FROM scratch\\nARG TARGETARCH\\nCOPY $TARGETARCH /x", "    platforms: [linux/amd64]\\n", "src/api/arm64/x", "")]
    [InlineData("FROM scratch\\nARG TARGETARCH\\nCOPY $TARGETARCH /x", "", "src/api/a.txt", "")]
    public void Substitutes_variables_and_takes_an_unknown_one_for_anything(string dockerfile, string rule, string changed, string affected) =>
        Assert.Equal(affected, Change.OfOne(dockerfile, rule: rule).Affects(changed));

    [Fact]
    public void Says_which_variable_has_no_value() =>
        Assert.Equal(
            "src/api/a.txt -> src/api/Dockerfile:3: 'DIR' has no value in '$DIR', so COPY may take anything",
            Change.OfOne("FROM scratch\\nARG DIR\\nCOPY $DIR /x").Reason("src/api/a.txt"));
}
