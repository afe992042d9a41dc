using Graft.Core.Images;
using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests;

/// <summary>At the prompt for another image's new version, tags are offered and what is typed is looked at at once.</summary>
public sealed class VersionPromptTests : IDisposable
{
    private const string Release = SampleProduct.Release;

    private readonly MemoryRegistry memory = new();
    private readonly HostileRegistry registry;
    private readonly SampleProduct product = new();
    private Func<WireRequest, WireReply?> answers = _ => null;

    public VersionPromptTests()
    {
        registry = new HostileRegistry(request => answers(request) ?? memory.Answer(request));
        product.WriteManifest(Release, product.ReadManifest(Release)
            .Replace("bitnami/postgresql:15.3.0-debian-11-r17", $"{registry.Host}/first:1.0", StringComparison.Ordinal)
            .Replace("bitnami/redis:7.2.4", $"{registry.Host}/redis:7.2.4", StringComparison.Ordinal));
        Put("redis", "7.2.4", "amd64", "arm64");
        Put("first", "1.0", "amd64");
    }

    private string Redis => $"{registry.Host}/redis";

    private string Question => $"new version of {Redis} (now 7.2.4; empty skips it):";

    public void Dispose()
    {
        product.Dispose();
        registry.Dispose();
    }

    [Fact]
    public void Tags_are_offered_newest_first_and_a_wrong_one_is_asked_again()
    {
        Put("redis", "7.2.5", "amd64", "arm64");
        Put("redis", "7.10.0", "amd64", "arm64");
        Put("redis", "latest", "amd64");
        Put("redis", "8.0.0", "amd64");
        using var terminal = Start();
        terminal.WaitFor($"{Redis} has 5 tags, newest first:");
        terminal.WaitFor("  8.0.0, 7.10.0, 7.2.5, 7.2.4, latest");
        terminal.Answer(Question, "7.2.55" + Keys.Enter);
        terminal.WaitFor($"'{Redis}:7.2.55' does not exist (did you mean 7.2.5?)");
        terminal.Answer(Question, "8.0.0" + Keys.Enter);
        terminal.WaitFor($"'{Redis}:8.0.0' is not for linux/arm64, which 7.2.4 is for");
        terminal.Answer(Question, "a b" + Keys.Enter);
        terminal.WaitFor("is not a version of");
        terminal.Answer(Question, "7.2.5" + Keys.Enter);
        terminal.WaitFor($"change  {Redis}  7.2.4 -> 7.2.5");
        terminal.Answer("carry this out?", "n" + Keys.Enter);

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
    }

    [Fact]
    public void A_long_list_is_bounded_and_can_be_looked_through()
    {
        for (var patch = 10; patch < 40; patch++)
        {
            Put("redis", $"8.0.{patch}", "amd64");
        }

        using var terminal = Start();
        terminal.WaitFor($"{Redis} has 31 tags; the newest (`?` lists more, `1.2?` those that begin with 1.2):");
        terminal.WaitFor("  8.0.39, 8.0.38, ");
        terminal.Answer(Question, "7.2?" + Keys.Enter);
        terminal.WaitFor($"{Redis} has 1 tag that begins with 7.2, newest first:");
        terminal.Answer(Question, "?" + Keys.Enter);
        terminal.WaitFor("8.0.10, 7.2.4");
        terminal.Answer(Question, Keys.Enter);

        Assert.Equal(2, terminal.WaitForExit().ExitCode);
        Assert.DoesNotContain("8.0.20, 8.0.19", terminal.Screen.Split(Question)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_list_it_says_why_and_asks_all_the_same()
    {
        Put("redis", "7.2.5", "amd64", "arm64");
        answers = request => request.Path.EndsWith("/tags/list", StringComparison.Ordinal) ? WireReply.Error(403, "DENIED") : null;
        using var terminal = Start();
        terminal.WaitFor($"the tags of {Redis} cannot be listed: access to '{Redis}' is denied: DENIED: so it is");
        terminal.Answer(Question, "7.2.5" + Keys.Enter);
        terminal.WaitFor($"change  {Redis}  7.2.4 -> 7.2.5");
        terminal.Answer("carry this out?", "n" + Keys.Enter);

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
    }

    [Fact]
    public void Guards_that_are_allowed_are_not_asked_about()
    {
        Put("redis", "8.0.0", "amd64");
        using var terminal = Start("--allow", "platform-lost");
        terminal.Answer(Question, "8.0.0" + Keys.Enter);
        terminal.WaitFor($"change  {Redis}  7.2.4 -> 8.0.0");
        terminal.Answer("carry this out?", "n" + Keys.Enter);

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
    }

    [Fact]
    public void Offline_lists_nothing_and_checks_nothing()
    {
        using var terminal = Start("--offline");
        terminal.WaitFor($"the tags of {Redis} cannot be listed: `--offline` asks no registry");
        terminal.Answer(Question, "9" + Keys.Enter);
        terminal.WaitFor($"change  {Redis}  7.2.4 -> 9");
        terminal.Answer("carry this out?", "n" + Keys.Enter);

        Assert.Equal(0, terminal.WaitForExit().ExitCode);
        Assert.Empty(registry.Requests);
    }

    [Fact]
    public void A_store_that_does_not_answer_says_so_and_is_asked_again()
    {
        answers = request => request.Path.EndsWith("/manifests/7.2.5", StringComparison.Ordinal) ? WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"it\"")) : null;
        using var terminal = Start();
        terminal.Answer(Question, "7.2.5" + Keys.Enter);
        terminal.WaitFor($"'{Redis}:7.2.5' was not checked: '{registry.Host}' wants credentials, and there are none for it (`docker login {registry.Host}`, or `podman login`)");
        terminal.Answer(Question, Keys.Enter);

        Assert.Equal(2, terminal.WaitForExit().ExitCode);
    }

    [Fact]
    public async Task Can_be_stopped_while_the_list_does_not_come()
    {
        answers = request => request.Path.EndsWith("/tags/list", StringComparison.Ordinal) ? new WireReply(200) { Announced = 100, Hangs = true } : null;
        using var terminal = Start();
        await registry.Hanging.WaitAsync(TestContext.Current.CancellationToken);
        terminal.Send(Keys.Interrupt);

        Assert.Equal(130, terminal.WaitForExit().ExitCode);
        Assert.Equal([Release], product.Releases);
    }

    private PseudoTerminal Start(params string[] more)
    {
        var terminal = product.Graft.StartOnTerminal(["hotfix", "generate", "--release", Release, "--build-none", "--allow", "affected-not-built", .. more]);
        terminal.Answer("cut the hotfix from here?", "y" + Keys.Enter);
        terminal.WaitFor("which other images change version?");
        // The sixth: after the product's four and the first of the others.
        terminal.Answer("enter goes on", string.Concat(Enumerable.Repeat(Keys.Down, 5)) + Keys.Space + Keys.Enter);
        return terminal;
    }

    private void Put(string repository, string tag, params string[] architectures)
    {
        var manifests = architectures.Select(architecture =>
        {
            var config = System.Text.Encoding.UTF8.GetBytes($$$"""{"architecture":"{{{architecture}}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]},"tag":"{{{tag}}}"}""");
            var manifest = new ImageManifest(MediaTypes.OciManifest, memory.Describe(MediaTypes.OciConfig, config), []).ToJson();
            memory.Manifests[$"{repository}@{Digest.Of(manifest)}"] = (MediaTypes.OciManifest, manifest);
            return new Descriptor(MediaTypes.OciManifest, Digest.Of(manifest), manifest.Length) { Platform = new Platform("linux", architecture) };
        });
        memory.Put(repository, tag, MediaTypes.OciIndex, new ImageIndex(MediaTypes.OciIndex, [.. manifests]).ToJson());
    }
}
