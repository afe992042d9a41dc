using Graft.Testing;
using Graft.Testing.Registries;

namespace Graft.Cli.Tests;

/// <summary>Every registry that a plan touches is tried before anything is reserved or built.</summary>
public sealed class ReadinessTests : IDisposable
{
    private const string Release = SampleProduct.Release;
    private const string Name = "3.2.203001010000";

    private readonly MemoryRegistry memory = new();
    private readonly HostileRegistry registry;
    private readonly SampleProduct product;
    private volatile bool denies;

    public ReadinessTests()
    {
        registry = new HostileRegistry(request => denies && request.Method == "POST" ? WireReply.Error(403, "DENIED") : memory.Answer(request));
        product = new SampleProduct(SampleFiles.Configuration.Replace("product: acme\n", $"product: acme\nregistry: {registry.Host}/team\n", StringComparison.Ordinal));
        product.PutOnPublisher(Release, product.Released);
    }

    public void Dispose()
    {
        product.Dispose();
        registry.Dispose();
    }

    [Fact]
    public void Leave_to_push_is_asked_for_before_the_name_is_reserved()
    {
        denies = true;

        var failed = Generate("--build", "acme/web");

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains($"error: '{registry.Host}/team/acme/web' may not be pushed to: DENIED: so it is\nhint: `docker login {registry.Host}`", failed.Error, StringComparison.Ordinal);
        AssertNothingBegan();
    }

    [Fact]
    public void Every_repository_is_asked_and_one_is_named()
    {
        denies = true;

        var failed = Generate("--build", "acme/web", "acme/base", "acme/api");

        Assert.Equal(5, failed.ExitCode);
        Assert.Matches("error: '.*' may not be pushed to: DENIED: so it is; nor 2 others\n", failed.Error);
        Assert.Equal(
            ["/v2/team/acme/api/blobs/uploads/", "/v2/team/acme/base/blobs/uploads/", "/v2/team/acme/web/blobs/uploads/"],
            registry.Requests.Where(request => request.Method == "POST").Select(request => request.Path).Order(StringComparer.Ordinal));
        AssertNothingBegan();
    }

    [Fact]
    public void A_dry_run_sends_nothing_that_writes()
    {
        denies = true;

        Generate("--build", "acme/web", "--dry-run").Succeeded();

        Assert.NotEmpty(registry.Requests);
        Assert.All(registry.Requests, request => Assert.Contains(request.Method, new[] { "GET", "HEAD" }));
    }

    [Fact]
    public void What_was_tried_is_taken_back()
    {
        Generate("--build", "acme/web").Succeeded();

        var methods = registry.Requests.Select(request => request.Method).Where(method => method is not ("GET" or "HEAD")).ToList();
        Assert.Equal(["POST", "DELETE", "POST"], methods[..3]);
    }

    [Fact]
    public void A_run_that_has_pushed_all_needs_no_leave()
    {
        var inTheWay = Directory.CreateDirectory(product.At($"releases/{Name}.lock.json"));
        Assert.Equal(5, Generate("--build", "acme/web").ExitCode);
        inTheWay.Delete();
        var before = registry.Requests.Count;
        denies = true;

        product.Run($"hotfix resume {Name}").Succeeded();

        Assert.All(registry.Requests.Skip(before), request => Assert.Contains(request.Method, new[] { "GET", "HEAD" }));
    }

    [Fact]
    public void A_run_that_still_has_to_push_says_how_to_carry_on()
    {
        // It may push when it is asked, and not any more when it comes to it.
        using var changing = new HostileRegistry(request => request.Method == "PUT" ? WireReply.Error(403, "DENIED") : memory.Answer(request));
        using var own = new SampleProduct(SampleFiles.Configuration.Replace("product: acme\n", $"product: acme\nregistry: {changing.Host}/team\n", StringComparison.Ordinal));
        own.Graft.Run(["hotfix", "generate", "--release", Release, "--name", Name, "--build", "acme/web", "--allow", "affected-not-built", "missing-image", "unchecked-image"]);
        File.WriteAllText(own.At("graft.yaml"), own.Read("graft.yaml").Replace(changing.Host, registry.Host, StringComparison.Ordinal));
        denies = true;

        var failed = own.Run($"hotfix resume {Name}");

        Assert.Equal(5, failed.ExitCode);
        Assert.Contains($"error: '{registry.Host}/team/acme/web' may not be pushed to: DENIED: so it is\nhint: `docker login {registry.Host}`", failed.Error, StringComparison.Ordinal);
        Assert.Contains($"; then carry on with `graft hotfix resume {Name}`", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_that_wants_a_log_in_to_be_read_says_what_to_type()
    {
        using var guarded = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"there\"")));
        string[] line = ["--set", $"bitnami/redis={guarded.Host}/mirror/redis:7.2.5", "--json"];

        var finding = Generate(line).Json().GetProperty("guards").EnumerateArray().First(found => found.GetProperty("guard").GetString() == "unchecked-image" && found.GetProperty("severity").GetString() == "error");

        Assert.Equal($"'{guarded.Host}/mirror/redis:7.2.5' was not checked: '{guarded.Host}' wants credentials, and there are none for it", finding.GetProperty("message").GetString());
        Assert.Equal($"`docker login {guarded.Host}`, or `podman login`; or pass `--offline` to go without the check", finding.GetProperty("hint").GetString());
        AssertNothingBegan();
    }

    [Fact]
    public void An_unchanged_reference_that_was_not_checked_says_what_to_type()
    {
        using var guarded = new HostileRegistry(request => request.Path == "/v2/" ? memory.Answer(request)
            : WireReply.Error(401, "UNAUTHORIZED", ("WWW-Authenticate", "Basic realm=\"there\"")));
        product.WriteManifest(Release, product.ReadManifest(Release).Replace("bitnami/redis:7.2.4", $"{guarded.Host}/redis:7.2.4", StringComparison.Ordinal));

        var shown = Generate("--build", "acme/web", "--dry-run").Succeeded();

        Assert.Contains($"'{guarded.Host}' wants credentials, and there are none for it", shown.Error, StringComparison.Ordinal);
        Assert.Contains($"hint: `docker login {guarded.Host}`, or `podman login`\n", shown.Error, StringComparison.Ordinal);
    }

    private GraftResult Generate(params string[] more) =>
        product.Graft.Run(["hotfix", "generate", "--release", Release, "--name", Name, "--allow", "affected-not-built", "missing-image", .. more]);

    private void AssertNothingBegan()
    {
        Assert.False(Directory.Exists(product.At(".graft/runs")));
        Assert.DoesNotContain("refs/graft/", product.Repository.Git("ls-remote", "origin"), StringComparison.Ordinal);
        Assert.DoesNotContain(registry.Requests, request => request.Method is "PUT" or "PATCH");
    }
}
