using Graft.Adapters.Git;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Cli.Commands.Demo;

/// <summary>What is there before the hotfix: a repository with a remote, a live release with its images, and later commits on main.</summary>
internal sealed class DemoWorld(Session session, string folder, string product, GitWorkshop git)
{
    /// <summary>Makes all of it, and says which release is live.</summary>
    public async Task<ReleaseName> MakeAsync()
    {
        var name = ReleaseName.Parse(DemoProduct.Release);
        await MakeRepositoryAsync();
        var workspace = await session.Composition.OpenAsync(session.Options with { Directory = product, Config = null, Quiet = true }, session.Screen, session.Cancellation);
        await workspace.State.PrepareAsync(session.Cancellation);
        var tag = $"{name}-{workspace.Git.Head.Short}";
        await BuildImagesAsync(workspace, tag);

        Directory.CreateDirectory(workspace.Manifests.Path);
        var manifest = System.Text.Encoding.UTF8.GetBytes(DemoProduct.Manifest(workspace.Git.Head.ToString(), tag));
        await File.WriteAllBytesAsync(workspace.Manifests.PathOf(name), manifest, session.Cancellation);
        var draft = await workspace.Publisher.CreateDraftAsync(
            new ReleaseDraft(workspace.Product.TagOf(name), workspace.Git.Head, name.ToString(), "Refunds are on their way.\n", [new ReleaseAsset($"{name}.yaml", manifest)]),
            session.Cancellation);
        await workspace.Publisher.PublishAsync(draft, isNewest: true, session.Cancellation);
        await MakeLaterCommitsAsync();
        return name;
    }

    private async Task MakeRepositoryAsync()
    {
        var remote = Path.Combine(folder, "remote.git");
        Directory.CreateDirectory(product);
        await RunAsync("init", "--quiet", "--bare", "--initial-branch=main", remote);
        await RunAsync("init", "--quiet", "--initial-branch=main", product);
        foreach (var (key, value) in new[]
        {
            ("user.name", "Graft Demo"), ("user.email", "demo@example.invalid"), ("commit.gpgSign", "false"), ("tag.gpgSign", "false"),
            ("core.hooksPath", "/dev/null"), ("core.autocrlf", "false"),
        })
        {
            await RunAsync("config", key, value);
        }

        await RunAsync("remote", "add", "origin", remote);
        foreach (var (path, content) in DemoProduct.Files)
        {
            await WriteAsync(path, content);
        }

        await RunAsync("add", "--all");
        await git.GitAtAsync(DemoProduct.ReleasedAt.AddHours(-1), ["commit", "--quiet", "-m", "feat: the shop"], session.Cancellation);
        await git.GitAtAsync(DemoProduct.ReleasedAt, ["tag", "-a", $"v{DemoProduct.Release}", "-m", $"Release {DemoProduct.Release}"], session.Cancellation);
        await RunAsync("push", "--quiet", "-u", "origin", "main", "--tags");
    }

    private async Task BuildImagesAsync(Workspace workspace, string tag)
    {
        var paths = await workspace.Git.ReadPathsAsync(workspace.Git.Head, ImageSources.PatternsOf(workspace.Product), session.Cancellation);
        var built = new Dictionary<string, StoredImage>(StringComparer.Ordinal);
        var outputs = Path.Combine(workspace.State.Path, "demo");
        // The base first: two of the others are made from it.
        foreach (var source in ImageSources.Find(workspace.Product, paths).OrderBy(source => source.Image.Text != "acme/base"))
        {
            var output = Path.Combine(outputs, Path.GetFileName(source.Image.Repository));
            Directory.CreateDirectory(outputs);
            var request = new BuildRequest(source with { Platforms = [Platform.Default] }, product, built, output, new Silence());
            var image = await session.Composition.Builder(workspace.Product.Build).BuildAsync(request, session.Cancellation);
            await workspace.Images.Own.PushAsync(new ImageReference(source.Image, ImageVersion.Parse(tag)), image, session.Cancellation);
            built[source.Image.Text] = image;
        }

        Directory.Delete(outputs, recursive: true);
    }

    private async Task MakeLaterCommitsAsync()
    {
        foreach (var (message, path, content) in DemoProduct.Later)
        {
            await WriteAsync(path, content);
            await git.GitAtAsync(DemoProduct.ReleasedAt.AddDays(1), ["commit", "--quiet", "--all", "-m", message], session.Cancellation);
        }

        await RunAsync("push", "--quiet", "origin", "main");
    }

    private Task<string> RunAsync(params string[] arguments) => git.GitAsync(arguments, session.Cancellation);

    private async Task WriteAsync(string path, string content)
    {
        var file = Path.Combine(product, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, content, session.Cancellation);
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
