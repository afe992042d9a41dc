using System.Text.Json;
using Graft.Adapters.Builders.Embedded;
using Graft.Adapters.Layout;
using Graft.Core.Images;
using Graft.Core.Products;
using Graft.Core.Releases;

namespace Graft.Testing;

/// <summary>
/// A small product as a user has it: a repository with a remote, four images of its own, a live release with its tag and manifest, later
/// commits on <c>main</c>, and a hotfix branch with one fix, pushed and checked out.
/// </summary>
public sealed class SampleProduct : IDisposable
{
    /// <summary>The live release.</summary>
    public const string Release = "3.2.202511230446";

    /// <summary>The branch with the fix.</summary>
    public const string Branch = "hotfix/session-timeout";

    private readonly TemporaryRepository repository;

    /// <summary>Makes it; the file graft.yaml may be another than the usual one.</summary>
    public SampleProduct(string? configuration = null)
    {
        repository = new TemporaryRepository();
        foreach (var (path, text) in SampleFiles.AtRelease)
        {
            repository.Write(path, text);
        }

        repository.Write("graft.yaml", configuration ?? SampleFiles.Configuration);
        Executable("src/api/prepare.sh");
        Released = repository.Commit("The shop");
        repository.Tag($"v{Release}");
        repository.Git("push", "--quiet", "origin", "main", "--tags");
        WriteManifest(Release, SampleFiles.Manifest(Release, Released));

        repository.Commit("Greet by name", ("src/web/public/index.html", "<p>Welcome, you.</p>\n"));
        repository.Git("push", "--quiet", "origin", "main");
        repository.Git("switch", "--quiet", "--create", Branch, $"v{Release}");
        Fix = repository.Commit("Let sessions last an hour", ("src/api/app/session.conf", "timeout = 3600\n"));
        repository.Push();
    }

    /// <summary>Makes a copy of another, in the state that it is in.</summary>
    public SampleProduct(SampleProduct template)
    {
        repository = new TemporaryRepository(template.repository);
        (Released, Fix) = (template.Released, template.Fix);
    }

    /// <summary>The commit of the live release.</summary>
    public CommitId Released { get; }

    /// <summary>The commit with the fix, which is HEAD.</summary>
    public CommitId Fix { get; }

    /// <summary>The git repository.</summary>
    public TemporaryRepository Repository => repository;

    /// <summary>Absolute path of the worktree.</summary>
    public string Root => repository.Root;

    /// <summary>Starts the program in the worktree.</summary>
    public GraftRun Graft => new() { Directory = Root, Home = repository.Beside("user") };

    /// <summary>The names of the releases whose manifests are here, oldest first.</summary>
    public IReadOnlyList<string> Releases =>
        [.. Directory.EnumerateFiles(At("releases"), "*.yaml").Select(file => ReleaseName.Parse(Path.GetFileNameWithoutExtension(file))).Order().Select(name => name.ToString())];

    /// <summary>The references in the product's image layout, in order.</summary>
    public IReadOnlyList<string> ImageTags
    {
        get
        {
            var index = At(".graft/images/index.json");
            if (!File.Exists(index))
            {
                return [];
            }

            using var document = JsonDocument.Parse(File.ReadAllText(index));
            return
            [
                .. document.RootElement.GetProperty("manifests").EnumerateArray()
                    .Select(manifest => manifest.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString()!)
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>The absolute path of something in the worktree.</summary>
    public string At(string path) => repository.At(path);

    /// <summary>The text of a file in the worktree.</summary>
    public string Read(string path) => File.ReadAllText(At(path));

    /// <summary>The text of a release's manifest.</summary>
    public string ReadManifest(string release) => Read($"releases/{release}.yaml");

    /// <summary>Puts a manifest into the folder of releases, as one does by hand.</summary>
    public void WriteManifest(string release, string text) => repository.Write($"releases/{release}.yaml", text);

    /// <summary>Makes the live release's draft on the publisher, and publishes it unless it shall stay one.</summary>
    public void PutOnPublisher(string release, CommitId commit, bool isDraft = false)
    {
        var folder = $".graft/published/v{release}";
        repository.Write($"{folder}/assets/{release}.yaml", ReadManifest(release));
        repository.Write($"{folder}/release.json", $$"""
            {
              "tag": "v{{release}}", "commit": "{{commit}}", "title": "{{release}}", "notes": "", "draft": {{(isDraft ? "true" : "false")}},
              "createdAt": "2025-11-23T04:46:00+00:00"{{(isDraft ? "" : ", \"publishedAt\": \"2025-11-23T04:50:00+00:00\"")}}
            }
            """);
        repository.Write(".graft/.gitignore", "*\n");
    }

    /// <summary>Puts the live release's own base image into the product's image layout, as the release's build did.</summary>
    public async Task PushBaseImageAsync(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var source = ImageSources.Find(ProductReader.Read(SampleFiles.Configuration, "graft.yaml"), ["src/base/Dockerfile"]).Single();
        var request = new BuildRequest(source with { Platforms = [Platform.Default] }, Root, new Dictionary<string, StoredImage>(StringComparer.Ordinal), folder.At("base"), new Progress<string>());
        var image = await new EmbeddedBuilder(new ImageLayouts()).BuildAsync(request, cancellationToken);
        var reference = ImageReference.Parse($"acme/base:{Release}-{Released.Short}");
        await new LayoutStore(At(".graft/images")).PushAsync(reference, image, cancellationToken);
        repository.Write(".graft/.gitignore", "*\n");
    }

    /// <summary>Runs the program with arguments as a user types them, split at blanks.</summary>
    public GraftResult Run(string line) => Graft.Run(line.Split(' '));

    /// <summary>Cuts a hotfix of a release by changing one image's version; the new name.</summary>
    public string CutHotfix(string of = Release, string set = "bitnami/redis=7.2.5")
    {
        var result = Run($"hotfix generate --release {of} --set {set} --allow affected-not-built --offline --json").Succeeded();
        return result.Json().GetProperty("release").GetString()!;
    }

    /// <summary>Lets a script of the product be run, here and in every checkout.</summary>
    public void Executable(string path) =>
        File.SetUnixFileMode(At(path), File.GetUnixFileMode(At(path)) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <inheritdoc/>
    public void Dispose() => repository.Dispose();
}
