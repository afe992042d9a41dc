using System.Text.Json;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>A release is checked where its images live, and its manifest against the published one.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private const string Name = "3.2.203001010000";
    private readonly SampleProduct product = new(SampleFiles.PreparingConfiguration);

    public async ValueTask InitializeAsync()
    {
        await product.PushBaseImageAsync(TestContext.Current.CancellationToken);
        product.Run($"hotfix generate --offline --release {SampleProduct.Release} --build acme/api --name {Name}").Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void As_a_story()
    {
        var story = new WholeRun(product);
        story.Run("release", "verify", Name, "--offline");
        story.Run("release", "verify", Name, "--offline", "--json");
        Move($"acme/api:{Name}-{product.Fix.Short}", $"acme/base:{SampleProduct.Release}-{product.Released.Short}");
        story.Run("release", "verify", Name, "--offline");
        story.Check("verify");
    }

    [Fact]
    public void What_could_not_be_looked_at_is_not_verified()
    {
        var result = product.Run($"release verify {Name}");

        Assert.Contains($"error: '{Name}' is not verified: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.ExitCode);
    }

    [Fact]
    public void A_manifest_that_is_not_the_published_one()
    {
        File.AppendAllText(product.At($"releases/{Name}.yaml"), "# by hand\n");

        var result = product.Run($"release verify {Name} --offline");

        Assert.EndsWith($"error: '{Name}' is not what was released: its manifest is not the published one\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void One_json_document_whatever_comes_of_it()
    {
        File.AppendAllText(product.At($"releases/{Name}.yaml"), "# by hand\n");

        var result = product.Run($"release verify {Name} --offline --json");

        Assert.Equal("different", result.Json().GetProperty("manifest").GetString());
        Assert.Equal(3, result.ExitCode);
    }

    // Points a tag of the layout at what another one has.
    private void Move(string tag, string to)
    {
        var index = System.Text.Json.Nodes.JsonNode.Parse(product.Read(".graft/images/index.json"))!;
        var entries = index["manifests"]!.AsArray();
        System.Text.Json.Nodes.JsonNode Entry(string name) => entries.Single(entry => entry!["annotations"]!["org.opencontainers.image.ref.name"]!.GetValue<string>() == name)!;
        Entry(tag)["digest"] = Entry(to)["digest"]!.GetValue<string>();
        Entry(tag)["size"] = Entry(to)["size"]!.GetValue<long>();
        product.Repository.Write(".graft/images/index.json", index.ToJsonString(JsonSerializerOptions.Default));
    }
}
