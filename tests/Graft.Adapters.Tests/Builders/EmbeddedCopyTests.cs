using System.Formats.Tar;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

public sealed class EmbeddedCopyTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Copies_a_folder_s_contents_with_sorted_entries_and_normalised_modes()
    {
        bench.Write("src/b.txt", "b").Write("src/a/run.sh", "go", executable: true).Write("src/a-b", "x").Link("src/link", "b.txt");

        var image = await bench.BuildTextAsync("FROM scratch\nCOPY src/ /app/\n");

        // A plain comparison of the whole paths is the order: `-` comes before `/`.
        Assert.Equal(
            ["755 0:0 app/", "755 0:0 app/a/", "644 0:0 app/a-b = x", "755 0:0 app/a/run.sh = go", "644 0:0 app/b.txt = b", "777 0:0 app/link -> b.txt"],
            (await ImageWorkbench.LayersAsync(image)).Single());
    }

    [Theory]
    [InlineData("touch \"$(printf 'a\\377b')\"", "'a\uFFFDb' in the build context has a name that is not UTF-8")]
    [InlineData("touch a\uFFFDb; touch \"$(printf 'a\\377b')\"", "'a\uFFFDb' in the build context has a name that is not UTF-8")]
    [InlineData("mkdir \"$(printf 'a\\377b')\"; touch \"$(printf 'a\\377b/c')\"", "'a\uFFFDb' in the build context has a name that is not UTF-8")]
    [InlineData("ln -s \"$(printf 'a\\377b')\" link", "the link 'link' in the build context leads to a name that is not UTF-8")]
    public async Task A_name_that_is_not_utf8_is_refused_unless_it_is_ignored(string shell, string expected)
    {
        await RunAsync(shell);

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync("FROM scratch\nCOPY . /x/\n"));
        Assert.Equal((FailureKind.Input, expected), (failure.Kind, failure.Message));

        bench.Write(".dockerignore", "*\n!keep\n").Write("keep", "kept");
        Assert.Equal(["755 0:0 x/", "644 0:0 x/keep = kept"], (await ImageWorkbench.LayersAsync(await bench.BuildTextAsync("FROM scratch\nCOPY . /x/\n"))).Single());
    }

    [Fact]
    public async Task A_name_of_utf8_is_copied_whatever_it_is_made_of()
    {
        await RunAsync("mkdir d; touch d/a\uFFFDb; ln -s a\uFFFDb d/link");

        Assert.Equal(
            ["755 0:0 x/", "644 0:0 x/a\uFFFDb =", "777 0:0 x/link -> a\uFFFDb"],
            (await ImageWorkbench.LayersAsync(await bench.BuildTextAsync("FROM scratch\nCOPY d /x/\n"))).Single());
    }

    [Theory]
    [InlineData("COPY a.txt /x", "644 0:0 x = a")]
    [InlineData("COPY a.txt /x/", "755 0:0 x/|644 0:0 x/a.txt = a")]
    [InlineData("COPY a.txt b.txt /x/", "755 0:0 x/|644 0:0 x/a.txt = a|644 0:0 x/b.txt = b")]
    [InlineData("COPY *.txt /x/", "755 0:0 x/|644 0:0 x/a.txt = a|644 0:0 x/b.txt = b")]
    [InlineData("COPY [\"a.txt\", \"/with space/\"]", "755 0:0 with space/|644 0:0 with space/a.txt = a")]
    [InlineData("COPY --chown=7 a.txt /x/", "755 7:7 x/|644 7:7 x/a.txt = a")]
    [InlineData("COPY --chown=7:8 --chmod=0600 a.txt /x", "600 7:8 x = a")]
    [InlineData("COPY dir /x", "755 0:0 x/|644 0:0 x/c = c")]
    [InlineData("COPY dir/c a.txt /x/", "755 0:0 x/|644 0:0 x/a.txt = a|644 0:0 x/c = c")]
    [InlineData("COPY d?r/[a-c] /x/", "755 0:0 x/|644 0:0 x/c = c")]
    [InlineData("COPY tofile /x", "644 0:0 x = a")]
    [InlineData("COPY todir /x", "755 0:0 x/|644 0:0 x/c = c")]
    [InlineData("ADD a.txt /x/y/z", "755 0:0 x/|755 0:0 x/y/|644 0:0 x/y/z = a")]
    [InlineData("COPY ./dir/../a.txt x", "644 0:0 x = a")]
    [InlineData("COPY *.none /x/", "")]
    [InlineData("COPY *.none a.txt /x/", "755 0:0 x/|644 0:0 x/a.txt = a")]
    [InlineData("COPY */c /x/", "755 0:0 x/|644 0:0 x/c = c")]
    [InlineData("COPY to[d]ir/* /x/", "")]
    [InlineData("COPY todir/* /x/", "755 0:0 x/|644 0:0 x/c = c")]
    [InlineData("COPY d* todir /x", "755 0:0 x/|644 0:0 x/c = c")]
    [InlineData("COPY dir a.txt /x", "755 0:0 x/|644 0:0 x/a.txt = a|644 0:0 x/c = c")]
    [InlineData("COPY --chmod=0600 --chown=7 dir /x", "755 7:7 x/|600 7:7 x/c = c")]
    [InlineData("COPY --link a.txt /x/", "755 0:0 x/|644 0:0 x/a.txt = a")]
    public async Task Follows_docker_s_rules_for_sources_and_destinations(string instruction, string layer)
    {
        bench.Write("a.txt", "a").Write("b.txt", "b").Write("dir/c", "c").Link("tofile", "a.txt").Link("todir", "/dir");

        var image = await bench.BuildTextAsync($"FROM scratch\n{instruction}\n");

        Assert.Equal(layer.Split('|', StringSplitOptions.RemoveEmptyEntries), (await ImageWorkbench.LayersAsync(image)).Single());
    }

    [Theory]
    [InlineData("FROM base\nCOPY $NAME /x", "a")]
    [InlineData("FROM base\nARG NAME=b\nCOPY $NAME /x", "b")]
    [InlineData("FROM base\nARG NAME\nCOPY $NAME /x", "a")]
    [InlineData("FROM base AS between\nFROM between\nCOPY $NAME /x", "a")]
    [InlineData("FROM scratch\nCOPY ${NAME:-b} /x", "b")]
    public async Task A_stage_has_the_arguments_of_the_stage_that_it_is_from(string rest, string content)
    {
        bench.Write("a", "a").Write("b", "b");

        var image = await bench.BuildTextAsync($"FROM scratch AS base\nARG NAME=a\n{rest}\n");

        Assert.Equal([$"644 0:0 x = {content}"], (await ImageWorkbench.LayersAsync(image)).Single());
    }

    [Fact]
    public async Task Writes_inline_files()
    {
        var image = await bench.BuildTextAsync("FROM scratch\nENV NAME=graft\nCOPY <<one <<-'two' /etc/\nhello \"$NAME\"\none\n\tkeep $NAME\n\ttwo\n");

        Assert.Equal(["755 0:0 etc/", "644 0:0 etc/one = hello \"graft\"\n", "644 0:0 etc/two = keep $NAME\n"], (await ImageWorkbench.LayersAsync(image)).Single());
    }

    [Fact]
    public async Task Leaves_out_what_the_ignore_file_beside_the_dockerfile_says()
    {
        bench.Write(".dockerignore", "b").Write("Dockerfile.dockerignore", "*\n!a\n!dir/keep\n").Write("a", "a").Write("b", "b").Write("dir/keep", "k").Write("dir/drop", "d").Write(".git", "gitdir: /home/me");

        var image = await bench.BuildTextAsync("FROM scratch\nCOPY . /\n");

        Assert.Equal(["644 0:0 a = a", "755 0:0 dir/", "644 0:0 dir/keep = k"], (await ImageWorkbench.LayersAsync(image)).Single());
    }

    [Theory]
    [InlineData("COPY nothing /x", "Dockerfile:2:1: 'nothing' is not in the build context '.'", null)]
    [InlineData("COPY none/* /x", "Dockerfile:2:1: 'none/*' is not in the build context '.'", null)]
    [InlineData("COPY leav* /x", "Dockerfile:2:1: 'leaving' is a symbolic link to '/etc/passwd', which is not there", null)]
    [InlineData("COPY ../outside /x", "Dockerfile:2:1: '../outside' is not in the build context '.'", "a source cannot leave the build context; widen `context` in graft.yaml, or name a further one under `contexts`")]
    [InlineData("COPY ignored /x", "Dockerfile:2:1: 'ignored' is not in the build context '.'", "'.dockerignore' leaves it out")]
    [InlineData("COPY leaving /x", "Dockerfile:2:1: 'leaving' is not in the build context '.'", null)]
    [InlineData("COPY a b /x", "Dockerfile:2:1: 2 sources cannot be copied to '/x'", "with more than one source the destination is a folder and ends with a `/`")]
    [InlineData("COPY --chown=nobody a /x", "Dockerfile:2:1: the user 'nobody' is not in the image's '/etc/passwd'", "name users by number, `--chown=1000:1000`")]
    [InlineData("COPY a /x\nCOPY a /x/y/z", "Dockerfile:3:1: '/x' is not a folder in the image", null)]
    [InlineData("COPY a /x/y\nCOPY a /x/", "", null)]
    [InlineData("COPY .wh.gone /", "Dockerfile:2:1: '.wh.gone' cannot be put into an image: in a layer such a name means that a file is gone", null)]
    [InlineData("RUN true", "Dockerfile:2:1: 'RUN' is not carried out by the embedded builder", "docker, buildx, buildah and podman do that: `build: { with: … }` in graft.yaml")]
    [InlineData("ONBUILD COPY a /", "Dockerfile:2:1: 'ONBUILD' is not carried out by the embedded builder", "docker, buildx, buildah and podman do that: `build: { with: … }` in graft.yaml")]
    [InlineData("COPY --parents a /x/", "Dockerfile:2:1: 'COPY --parents' is not carried out by the embedded builder", "docker, buildx, buildah and podman do that: `build: { with: … }` in graft.yaml")]
    [InlineData("ADD https://example.org/x /x", "Dockerfile:2:1: 'ADD https://example.org/x' is not carried out by the embedded builder", "docker, buildx, buildah and podman do that: `build: { with: … }` in graft.yaml")]
    [InlineData("ADD a.tar /x", "Dockerfile:2:1: unpacking the archive 'a.tar' with ADD is not carried out by the embedded builder", "docker, buildx, buildah and podman do that: `build: { with: … }` in graft.yaml")]
    [InlineData("COPY --from=later a /x", "Dockerfile:2:1: the image 'later' was not resolved before the build", null)]
    [InlineData("COPY --chmod=u+x a /x", "Dockerfile:2:1: the mode 'u+x', which is not an octal number, is not carried out by the embedded builder", "docker, buildx, buildah and podman do that: `build: { with: … }` in graft.yaml")]
    [InlineData("EXPOSE many", "Dockerfile:2:1: 'many' is not a port", "a port is `80`, `53/udp` or `8000-8010`")]
    public async Task Refuses_by_line(string instructions, string message, string? hint)
    {
        bench.Write("a", "a").Write("b", "b").Write("ignored", "").Write(".dockerignore", "ignored\n").Write(".wh.gone", "").Link("leaving", "/etc/passwd");
        bench.Write("a.tar", new string('\0', 257) + "ustar" + new string('\0', 300));

        if (message.Length == 0)
        {
            await bench.BuildTextAsync($"FROM scratch\n{instructions}\n");
            return;
        }

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync($"FROM scratch\n{instructions}\n"));

        Assert.Equal((FailureKind.Input, message, hint), (failure.Kind, failure.Message, failure.Hint));
        Assert.Empty(Directory.GetDirectories(bench.Folder, "build-*"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copies_from_an_image_what_its_layers_show_together(bool gzip)
    {
        bench.Images["base"] = await bench.CraftAsync(
            [
                [
                    new PaxTarEntry(TarEntryType.Directory, "./data/") { Mode = (UnixFileMode)0x1ED, Uid = 5 },
                    Entry("data/gone", "gone"),
                    Entry("data/kept", "kept", mode: 0x124),
                    Entry("data/sub/hidden", "hidden"),
                    new PaxTarEntry(TarEntryType.SymbolicLink, "lib") { LinkName = "usr/lib" },
                    new PaxTarEntry(TarEntryType.Directory, "usr/lib") { Mode = (UnixFileMode)0x1C0 },
                    new PaxTarEntry(TarEntryType.SymbolicLink, "up") { LinkName = "../../../../data/kept" },
                ],
                [
                    Entry("data/.wh.gone", ""),
                    Entry("data/sub/new", "new"),
                    Entry("data/sub/.wh..wh..opq", ""),
                    new PaxTarEntry(TarEntryType.HardLink, "data/hard") { LinkName = "data/kept" },
                    Entry("lib/through", "through the link"),
                ],
            ], gzip);

        var image = await bench.BuildTextAsync("FROM scratch\nCOPY --from=base /data /d\nCOPY --from=base lib/through up /\n");

        var layers = await ImageWorkbench.LayersAsync(image);
        Assert.Equal(["755 0:0 d/", "444 0:0 d/hard = kept", "444 0:0 d/kept = kept", "755 0:0 d/sub/", "644 0:0 d/sub/new = new"], layers[0]);
        Assert.Equal(["644 0:0 through = through the link", "444 0:0 up = kept"], layers[1]);
    }

    [Fact]
    public async Task Writes_through_a_base_image_s_links_and_keeps_its_folders_as_they_are()
    {
        bench.Images["base:1"] = await bench.CraftAsync(
            [[
                new PaxTarEntry(TarEntryType.SymbolicLink, "bin") { LinkName = "usr/bin" },
                new PaxTarEntry(TarEntryType.Directory, "usr/bin") { Mode = (UnixFileMode)0x1C0, Uid = 9, Gid = 10 },
                Entry("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1000:1001::/:/bin/sh\n"),
                Entry("etc/group", "staff:x:50:\n"),
            ]], gzip: true);
        bench.Write("tool", "t", executable: true);

        var image = await bench.BuildTextAsync("FROM base:1\nCOPY --chown=app tool /bin/\nCOPY --chown=app:staff tool /t\n");

        var layers = await ImageWorkbench.LayersAsync(image);
        Assert.Equal(3, layers.Count);
        Assert.Equal(["755 0:0 usr/", "700 9:10 usr/bin/", "755 1000:1001 usr/bin/tool = t"], layers[1]);
        Assert.Equal(["755 1000:50 t = t"], layers[2]);
    }

    [Fact]
    public async Task Copies_from_stages_and_named_contexts()
    {
        bench.Write("src/app/a", "a").Write("shared/s", "s").Link("src/app/l", "a");

        var image = await bench.BuildTextAsync(
            "FROM scratch AS one\nWORKDIR /w\nCOPY app .\nFROM one AS two\nCOPY --from=common s extra\nFROM scratch\nCOPY --from=two /w/ /out/\nCOPY --from=0 /w/l /l\n",
            source => source with { Context = "src", Contexts = new Dictionary<string, string> { ["common"] = "shared" } });

        var layers = await ImageWorkbench.LayersAsync(image);
        Assert.Equal(["755 0:0 out/", "644 0:0 out/a = a", "644 0:0 out/extra = s", "777 0:0 out/l -> a"], layers[0]);
        Assert.Equal(["644 0:0 l = a"], layers[1]);
        Assert.Equal(
            ["[one 1/3] FROM scratch AS one", "[one 2/3] WORKDIR /w", "[one 3/3] COPY app .", "[two 1/2] FROM one AS two", "[two 2/2] COPY --from=common s extra",
                "[stage-2 1/3] FROM scratch", "[stage-2 2/3] COPY --from=two /w/ /out/", "[stage-2 3/3] COPY --from=0 /w/l /l"],
            bench.Log);
    }

    [Theory]
    [InlineData("src", "../etc")]
    [InlineData("src", "/etc")]
    public async Task A_context_cannot_leave_the_checkout_through_a_link(string context, string target)
    {
        bench.Link(context, target);

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync("FROM scratch\nCOPY . /\n", source => source with { Context = context }));

        Assert.Equal(FailureKind.Input, failure.Kind);
        Assert.StartsWith($"'{context}' leaves the repository", failure.Message, StringComparison.Ordinal);
    }

    private static PaxTarEntry Entry(string path, string content, int mode = 0x1A4) =>
        new(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), Mode = (UnixFileMode)mode };

    // Only a shell can say such names.
    private async Task RunAsync(string shell) =>
        Assert.True((await TemporaryRepository.Runner.RunAsync(new() { Program = "sh", Arguments = ["-c", shell], WorkingDirectory = bench.Checkout }, TestContext.Current.CancellationToken)).Succeeded);
}
