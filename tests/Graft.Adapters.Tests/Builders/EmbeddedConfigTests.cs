using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

public sealed class EmbeddedConfigTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("ENV A=1 B=\"x y\"\nENV A=2 C=$A$B", "Env", """["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","A=2","B=x y","C=1x y"]""")]
    [InlineData("ENV PATH=/x:$PATH", "Env", """["PATH=/x:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]""")]
    [InlineData("LABEL a=1 \"b c\"=2\nLABEL a=3", "Labels", """{"a":"3","b c":"2"}""")]
    [InlineData("ARG A=x\nUSER $A", "User", "\"x\"")]
    [InlineData("ARG GIVEN=x\nUSER $GIVEN", "User", "\"given\"")]
    [InlineData("ARG GLOBAL\nUSER ${GLOBAL:-none}", "User", "\"from above\"")]
    [InlineData("USER ${GLOBAL:-none}", "User", "\"none\"")]
    [InlineData("ARG E=arg\nENV E=env\nARG E=again\nUSER $E", "User", "\"env\"")]
    [InlineData("ARG TARGETPLATFORM\nUSER $TARGETPLATFORM", "User", "\"linux/amd64\"")]
    [InlineData("USER a$TARGETARCH", "User", "\"a\"")]
    [InlineData("WORKDIR /a\nWORKDIR b/../c", "WorkingDir", "\"/a/c\"")]
    [InlineData("CMD echo  $HOME", "Cmd", """["/bin/sh","-c","echo  $HOME"]""")]
    [InlineData("SHELL [\"/bin/bash\",\"-ec\"]\nENTRYPOINT x", "Entrypoint", """["/bin/bash","-ec","x"]""")]
    [InlineData("CMD [\"a\",\"b\"]\nENTRYPOINT [\"e\"]", "Cmd", """["a","b"]""")]
    [InlineData("EXPOSE 80 53/UDP 8000-8001", "ExposedPorts", """{"80/tcp":{},"53/udp":{},"8000/tcp":{},"8001/tcp":{}}""")]
    [InlineData("ENV P=\"1 2\"\nEXPOSE $P", "ExposedPorts", """{"1/tcp":{},"2/tcp":{}}""")]
    [InlineData("VOLUME /a /b\nVOLUME [\"/c d\"]", "Volumes", """{"/a":{},"/b":{},"/c d":{}}""")]
    [InlineData("STOPSIGNAL SIGINT", "StopSignal", "\"SIGINT\"")]
    [InlineData("HEALTHCHECK --interval=1m30s --retries=3 CMD curl x", "Healthcheck", """{"Test":["CMD-SHELL","curl x"],"Interval":90000000000,"Retries":3}""")]
    [InlineData("HEALTHCHECK NONE", "Healthcheck", """{"Test":["NONE"]}""")]
    [InlineData("LABEL q=\"größe <&>\"", "Labels", """{"q":"größe <&>"}""")]
    public async Task Sets_the_run_configuration(string instructions, string member, string expected)
    {
        var image = await bench.BuildTextAsync($"ARG GLOBAL=\"from above\"\nFROM scratch\n{instructions}\n", source => source with { Args = new Dictionary<string, string> { ["GIVEN"] = "given" } });

        Assert.Equal(expected, (await ImageWorkbench.ConfigAsync(image)).GetProperty("config").GetProperty(member).GetRawText());
    }

    [Fact]
    public async Task Keeps_what_the_base_image_has_but_for_what_is_set()
    {
        bench.Images["base"] = await bench.CraftAsync([[]], configure: json => json.Replace("\"os\":", "\"container\":\"host\",\"docker_version\":\"1\",\"odd\":{\"x\":1},\"os\":", StringComparison.Ordinal));
        var image = await bench.BuildTextAsync("FROM base\nENV PATH=$PATH:/x NEW=$BASE\nENTRYPOINT [\"e\"]\n");

        var config = await ImageWorkbench.ConfigAsync(image);

        Assert.Equal("""["PATH=/bin:/x","BASE=1","NEW=1"]""", config.GetProperty("config").GetProperty("Env").GetRawText());
        // A base image's command belongs to its own entrypoint.
        Assert.False(config.GetProperty("config").TryGetProperty("Cmd", out _));
        Assert.Equal("""{"x":1}""", config.GetProperty("odd").GetRawText());
        Assert.False(config.TryGetProperty("container", out _) || config.TryGetProperty("docker_version", out _));
        Assert.Equal(1, config.GetProperty("history").EnumerateArray().Count(entry => !entry.TryGetProperty("empty_layer", out _)));
        Assert.Single(config.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray());
    }

    [Fact]
    public async Task Copies_a_base_image_s_layers_as_they_are()
    {
        bench.Images["base"] = await bench.CraftAsync([[], []], gzip: true);
        bench.Write("a", "a");

        var image = await bench.BuildTextAsync("FROM base\nCOPY a /\n");

        var below = await ImageWorkbench.ManifestAsync(bench.Images["base"]);
        var manifest = await ImageWorkbench.ManifestAsync(image);
        Assert.Equal(below.Layers, manifest.Layers.Take(2));
        Assert.Equal(MediaTypes.OciLayer, manifest.Layers[2].MediaType);
        Assert.Equal(manifest.Layers[2].Digest.ToString(), (await ImageWorkbench.ConfigAsync(image)).GetProperty("rootfs").GetProperty("diff_ids")[2].GetString());
    }

    [Fact]
    public async Task Refuses_a_base_image_with_triggers()
    {
        bench.Images["base"] = await bench.CraftAsync([[]], configure: json => json.Replace("\"Cmd\":", "\"OnBuild\":[\"COPY . /\"],\"Cmd\":", StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync("FROM base\n"));

        Assert.Equal("Dockerfile:1:1: the ONBUILD trigger of 'base' ('COPY . /') is not carried out by the embedded builder", failure.Message);
    }

    [Fact]
    public async Task Builds_several_platforms_into_an_index()
    {
        Platform[] platforms = [Platform.Default, Platform.Parse("linux/arm/v7")];

        var image = await bench.BuildTextAsync("FROM scratch\nARG TARGETARCH\nARG TARGETVARIANT\nLABEL a=$TARGETARCH$TARGETVARIANT\n", source => source with { Platforms = platforms });

        Assert.Equal(MediaTypes.OciIndex, image.Descriptor.MediaType);
        Assert.Equal(platforms, image.Manifests.Select(manifest => manifest.Platform));
        var arm = await ImageWorkbench.ConfigAsync(image, 1);
        Assert.Equal(("armv7", "v7"), (arm.GetProperty("config").GetProperty("Labels").GetProperty("a").GetString(), arm.GetProperty("variant").GetString()));
    }

    [Fact]
    public async Task Refuses_a_base_image_without_the_platform()
    {
        bench.Images["base"] = await bench.CraftAsync([[]]);

        var failure = await Assert.ThrowsAsync<GraftException>(() => bench.BuildTextAsync("FROM base\n", source => source with { Platforms = [Platform.Parse("linux/arm64")] }));

        Assert.Equal(("Dockerfile:1:1: 'base' has no manifest for 'linux/arm64'", "it has linux/amd64"), (failure.Message, failure.Hint));
    }

    [Fact]
    public async Task Builds_only_what_the_target_needs()
    {
        var image = await bench.BuildTextAsync("FROM scratch AS wanted\nLABEL a=b\nFROM missing\nRUN never\n", source => source with { Target = "WANTED" });

        Assert.Equal("b", (await ImageWorkbench.ConfigAsync(image)).GetProperty("config").GetProperty("Labels").GetProperty("a").GetString());
        Assert.Equal(["[1/2] FROM scratch AS wanted", "[2/2] LABEL a=b"], bench.Log);
    }
}
