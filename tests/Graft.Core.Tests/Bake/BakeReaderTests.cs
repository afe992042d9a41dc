using CsCheck;
using Graft.Core.Bake;

namespace Graft.Core.Tests.Bake;

public sealed class BakeReaderTests
{
    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\"a${V}b\"", "avb")]
    [InlineData("V", "v")]
    [InlineData("\"$${V} \\\"q\\\" \\u0041\"", "${V} \"q\" A")]
    [InlineData("V == \"v\" ? \"yes\" : \"no\"", "yes")]
    [InlineData("notequal(\"\", EMPTY) ? \"full\" : \"empty\"", "empty")]
    [InlineData("!false && (true || UNKNOWN) ? 1 : 2", "1")]
    [InlineData("join(\"-\", [\"a\", V, 3])", "a-v-3")]
    [InlineData("format(\"%s:%d%%\", V, 2)", "v:2%")]
    [InlineData("[for x in [\"a\", \"b\"] : upper(x)][1]", "B")]
    [InlineData("{ a = { b: V } }.a[\"b\"]", "v")]
    [InlineData("twice(V)", "vv")]
    [InlineData("trimsuffix(replace(\"a.b.c\", \".\", \"-\"), \"-c\")", "a-b")]
    [InlineData("coalesce(\"\", NOTHING, V)", "v")]
    [InlineData("element(LIST..., 1)", null)]
    [InlineData("<<-END\n    one ${V}\n      two\n    END", "one v\n  two\n")]
    [InlineData("\"${timestamp()}\"", "\uFFFF")]
    [InlineData("SELF", "\uFFFF")]
    public void Works_out_expressions(string expression, string? value)
    {
        var builds = Read($"variable \"V\" {{ default = \"v\" }}\nvariable \"EMPTY\" {{ default = \"\" }}\nvariable \"NOTHING\" {{}}\nvariable \"SELF\" {{ default = \"${{SELF}}\" }}\nfunction \"twice\" {{\n params = [x]\n result = \"${{x}}${{x}}\"\n}}\ntarget \"t\" {{\n  target = {expression}\n}}\n");
        Assert.DoesNotContain(builds.Problems, problem => !problem.EndsWith("is not known before the build", StringComparison.Ordinal));
        Assert.Equal(value, value is null ? null : Assert.Single(builds.Builds).Target);
    }

    [Fact]
    public void Merges_what_a_target_inherits()
    {
        var definitions = Read(
            """
            // a comment
            /* another
               one */
            target "one" { # and a third
              context = "one"
              args = { A = "1", B = "1", "quoted" = "1" }
              platforms = ["linux/amd64"]
            }
            target "two" {
              dockerfile = "Two"
              args = { B = "2" }
            }
            target "three" {
              inherits = ["one", "two"]
              args { C = "3" }
              platforms = null
              tags = [
                "acme/three:1",
                "docker.io/acme/three:2", # trailing comma
              ]
            }
            group "default" { targets = ["three"] }
            """);
        Assert.Empty(definitions.Problems);
        var build = Assert.Single(definitions.Builds, build => build.IsWanted);
        Assert.Equal(("three", "one", "Two"), (build.Name, build.Context, build.Dockerfile));
        Assert.Equal("A=1 B=2 C=3 quoted=1", string.Join(' ', build.Args.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(["acme/three"], build.Images);
        Assert.Equal(["linux/amd64"], build.Platforms);
    }

    [Fact]
    public void Makes_a_target_of_each_cell_of_a_matrix()
    {
        var definitions = Read(
            """
            group "default" { targets = ["app"] }
            target "app" {
              name = "app-${item.name}-${replace(v, ".", "-")}"
              matrix = {
                item = [{ name = "a", dir = "x" }, { name = "b", dir = "y" }]
                v = ["1.0", "2.0"]
              }
              context = item.dir
              args = { VERSION = v }
            }
            """);
        var builds = definitions.Builds;
        Assert.Empty(definitions.Problems);
        Assert.Equal(["app-a-1-0 x 1.0", "app-a-2-0 x 2.0", "app-b-1-0 y 1.0", "app-b-2-0 y 2.0"], builds.Select(build => $"{build.Name} {build.Context} {build.Args["VERSION"]}"));
        Assert.All(builds, build => Assert.True(build.IsWanted));
    }

    [Fact]
    public void Reads_json_and_what_overrides_it()
    {
        var definitions = BakeReader.Read(
        [
            ("docker-bake.json", """{ "variable": { "TAG": { "default": "1" } }, "group": { "default": { "targets": ["a"] } }, "target": { "a": { "context": "x", "args": { "T": "${TAG}", "N": 3, "none": null } } } }"""),
            ("docker-bake.override.hcl", "variable \"TAG\" { default = \"2\" }\ntarget \"a\" { context = \"y\" }\n"),
        ]);
        var build = Assert.Single(definitions.Builds);
        Assert.Empty(definitions.Problems);
        Assert.Equal(("y", "2", "3", 2), (build.Context, build.Args["T"], build.Args["N"], build.Args.Count));
    }

    [Fact]
    public void Says_where_in_json_a_target_stands()
    {
        var builds = BakeReader.Read([("docker-bake.json", "\uFEFF{\n  // a comment\n  \"group\": { \"default\": { \"targets\": [\"b\"] } },\n  \"target\": {\n    \"a\": { \"args\": { \"target\": \"x\" } }, \"ü\": {}, \"b\": {},\n  }\n}\n")]).Builds;
        Assert.Equal(["docker-bake.json:5:5", "docker-bake.json:5:41", "docker-bake.json:5:50"], builds.Select(build => build.Place.ToString()));
    }

    [Fact]
    public void Says_with_its_line_what_it_cannot_read_and_reads_on()
    {
        var definitions = Read("target \"a\" {\n  context = \"a\"\n  tags = [ ??? ]\n  target = \"t\"\n}\nwhat is this\ntarget \"b\" {\n  context = \"b\"\n}\ntarget \"c\" {\n  context = getenv(\"X\")\n}\n");
        Assert.Equal(
            ["docker-bake.hcl:3:12: '?' begins no value", "docker-bake.hcl:6:13: 'what' has neither `=` nor `{` after it", "docker-bake.hcl:10:1: 'context' of target 'c' is not known before the build"],
            definitions.Problems);
        Assert.Equal(["a a t", "b b ", "c \uFFFF "], definitions.Builds.Select(build => $"{build.Name} {build.Context} {build.Target}"));
    }

    [Fact]
    public void Leaves_out_of_names_what_only_the_build_knows()
    {
        var builds = Read(
            """
            variable "REGISTRY" {}
            target "a" { tags = ["${REGISTRY}/acme/a:${timestamp()}"] }
            target "b" { tags = ["${secret()}/acme/b"] }
            target "c" { tags = ["acme/${uuidv4()}:1"] }
            function "tagged" {
              params = [image, tags]
              result = formatlist("%s:%s", image, tags)
            }
            target "e" { tags = concat(tagged("docker.io/acme/e", target.docker-metadata-action.tags), tagged("example.com/acme/e", ["1", "2"]), UNKNOWN) }
            target "d" { tags = ["localhost:5000/d@sha256:abc"] }
            """).Builds;
        Assert.Equal(["acme/a", "acme/b", "", "acme/e example.com/acme/e", "localhost:5000/d"], builds.Select(build => string.Join(' ', build.Images)));
    }

    [Fact]
    public void Says_which_arguments_lack_the_value_of_a_variable()
    {
        var definitions = Read(
            """
            variable "PYTHON" {}
            variable "NODE" { default = null }
            variable "EMPTY" { default = "" }
            variable "FOUNDATION" { default = "acme/base:python-${PYTHON}" }
            target "a" {
              args = {
                BASE   = FOUNDATION
                PYTHON = "${PYTHON}"
                NODE   = NODE
                BOTH   = "${PYTHON}${NODE}"
                EMPTY  = EMPTY
                KNOWN  = PYTHON == "" ? "1" : "2"
                PLAIN  = 3
              }
            }
            target "b" {
              inherits = ["a"]
              args { BASE = "acme/other" }
            }
            """);
        Assert.Equal(["BASE=acme/base:python- EMPTY= KNOWN=1 PLAIN=3", "BASE=acme/other EMPTY= KNOWN=1 PLAIN=3"], definitions.Builds.Select(build => string.Join(' ', build.Args.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))));
        Assert.Equal(
            [
                "docker-bake.hcl:5:1: 'args.PYTHON' of target 'a' is not known before the build; it is left out",
                "docker-bake.hcl:5:1: 'args.NODE' of target 'a' is not known before the build; it is left out",
                "docker-bake.hcl:5:1: 'args.BOTH' of target 'a' is not known before the build; it is left out",
                "docker-bake.hcl:5:1: 'args.BASE' of target 'a' is made from variables without a default; 'acme/base:python-' is what it is without them",
                "docker-bake.hcl:5:1: 'args.KNOWN' of target 'a' is made from variables without a default; '1' is what it is without them",
            ],
            definitions.Problems.Where(problem => problem.Contains("'a'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tells_images_from_moulds_and_checks()
    {
        var builds = Read(
            """
            group "default" { targets = ["image"] }
            group "checks" { targets = ["lint"] }
            target "mould" { context = "x" }
            target "image" { inherits = ["mould"] }
            target "lint" { output = ["type=cacheonly"] }
            target "binaries" { output = ["./out"] }
            target "extra" { tags = ["acme/extra"] }
            """).Builds;
        Assert.Equal(["mould False", "image True", "lint False", "binaries False", "extra True"], builds.Select(build => $"{build.Name} {build.IsImage}"));
    }

    public static TheoryData<string> Hostile { get; } =
    [
        "", "\uFEFF", "\0", "target", "target \"", "target \"a\" {", "}", "}}}}", "a = <<", "a = <<E\n", "a = \"${", "a = \"${\"${\"${", "/*", "a = \"\\u12\"", "a = \"\\", "x = {for", "[", "a = [for x in",
        "target \"a\" { inherits = [\"a\"] }", "target \"a\" { inherits = [\"b\"] }\ntarget \"b\" { inherits = [\"a\"] }", "group \"g\" { targets = [\"g\"] }",
        new string('[', 100_000), "a = " + new string('(', 100_000), "a = " + new string('!', 100_000), string.Concat(Enumerable.Repeat("a {", 50_000)), string.Concat(Enumerable.Repeat("{\"a\":", 5_000)),
        "a = \"" + string.Concat(Enumerable.Repeat("${\"", 5_000)),
        string.Concat(Enumerable.Range(0, 80).Select(i => $"v{i + 1} = concat(v{i}, v{i})\n")) + "v0 = [1]\ntarget \"t\" { tags = v80 }\n",
        string.Concat(Enumerable.Range(0, 80).Select(i => $"v{i + 1} = \"${{v{i}}}${{v{i}}}\"\n")) + "v0 = \"x\"\ntarget \"t\" { target = v80 }\n",
        "target \"t\" {\n name = \"n\"\n matrix = {" + string.Concat(Enumerable.Range(0, 40).Select(i => $"a{i} = [1,2,3,4,5,6,7,8,9]\n")) + "}\n}\n",
        "function \"f\" {\n params = [x]\n result = \"${f(x)}${f(x)}\"\n}\ntarget \"t\" { target = f(1) }\n",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Takes_anything(string text)
    {
        Read(text);
        BakeReader.Read([("docker-bake.json", text)]);
        ComposeReader.Read("compose.yaml", text);
    }

    [Fact]
    public void Takes_mangled_files()
    {
        const string seed = "variable \"A\" { default = \"x${B}\" }\ntarget \"t\" {\n  matrix = { a = [1, 2] }\n  name = \"n${a}\"\n  tags = [for x in [\"a\"] : \"${A}/${x}\" if x != \"\"]\n  args = { B = <<-E\n    x\n    E\n  }\n}\n";
        Check.Sample(
            Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["{}[]()\"$%\\<>-=:?!,.\n\0aE1/*#"], 0, 4]).List[1, 4],
            edits => Read(edits.Aggregate(seed, (text, edit) => text.Length <= edit.Item1 ? text : text[..edit.Item1] + edit.Item3 + text[Math.Min(text.Length, edit.Item1 + edit.Item2)..])),
            iter: 2000);
    }

    private static BuildDefinitions Read(string text) => BakeReader.Read([("docker-bake.hcl", text)]);
}
