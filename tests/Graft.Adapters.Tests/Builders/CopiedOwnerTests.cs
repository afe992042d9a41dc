using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

/// <summary>Whose the files and folders are that COPY puts where some are already, or takes from a stage.</summary>
public sealed class CopiedOwnerTests : IDisposable
{
    private readonly ImageWorkbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("COPY --chown=7 --chmod=0700 . /x/", "755 3:3 x/|700 7:7 x/in/|700 7:7 x/in/f = f")]
    [InlineData("COPY . /x/", "755 3:3 x/|755 0:0 x/in/|644 0:0 x/in/f = f")]
    [InlineData("COPY --chown=7 in /x/in", "755 3:3 x/|700 3:3 x/in/|644 7:7 x/in/f = f")]
    public async Task A_folder_that_is_there_gets_the_mode_and_owner_of_the_copied_one_but_the_destination_does_not(string instruction, string layer)
    {
        bench.Write("ctx/in/f", "f").Write("Dockerfile", $"FROM scratch\nCOPY --chown=3 --chmod=0700 . /x/\n{instruction}\n");

        var image = await bench.BuildAsync(source => source with { Context = "ctx" });

        Assert.Equal(layer.Split('|'), (await ImageWorkbench.LayersAsync(image))[1]);
    }

    [Theory]
    [InlineData("COPY --from=0 /x /y", "755 0:0 y/|700 3:3 y/in/|700 3:3 y/in/f = f")]
    [InlineData("COPY --from=0 / /y", "755 0:0 y/|755 3:3 y/x/|700 3:3 y/x/in/|700 3:3 y/x/in/f = f")]
    [InlineData("COPY --from=0 /x/in/f /y/", "755 0:0 y/|700 3:3 y/f = f")]
    [InlineData("COPY --from=0 --chown=4:5 --chmod=0640 /x /y", "755 4:5 y/|640 4:5 y/in/|640 4:5 y/in/f = f")]
    public async Task What_comes_from_a_stage_keeps_its_owner(string instruction, string layer)
    {
        bench.Write("ctx/in/f", "f").Write("Dockerfile", $"FROM scratch\nCOPY --chown=3 --chmod=0700 . /x/\nFROM scratch\n{instruction}\n");

        var image = await bench.BuildAsync(source => source with { Context = "ctx" });

        Assert.Equal(layer.Split('|'), (await ImageWorkbench.LayersAsync(image)).Single());
    }
}
