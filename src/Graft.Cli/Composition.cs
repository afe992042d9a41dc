using System.Text;
using Graft.Adapters.Builders.Embedded;
using Graft.Adapters.Builders.Programs;
using Graft.Adapters.Files;
using Graft.Adapters.Folder;
using Graft.Adapters.Git;
using Graft.Adapters.GitHub;
using Graft.Adapters.Http;
using Graft.Adapters.Journal;
using Graft.Adapters.Layout;
using Graft.Adapters.Manifests;
using Graft.Adapters.Processes;
using Graft.Adapters.Registry;
using Graft.Adapters.Registry.Credentials;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Cli;

/// <summary>The only place that builds adapters.</summary>
internal sealed class Composition(TimeProvider clock)
{
    private const string LayoutScheme = "layout:";
    private const string FolderScheme = "folder:";
    private const string GitHubScheme = "github:";
    private readonly ImageLayouts layouts = new();
    private readonly Lazy<HttpWire> wire = new(() => new HttpWire(HttpSettings.FromEnvironment(), clock));
    private Registries? registries;

    public TimeProvider Clock => clock;

    public ProgramRunner Programs { get; } = new();

    /// <summary>Opens the repository that the user stands in; an input failure when there is none or its graft.yaml is off.</summary>
    public async Task<Workspace> OpenAsync(GlobalOptions options, Screen screen, CancellationToken cancellationToken)
    {
        options.RequireDirectory();
        var git = await GitRepository.OpenAsync(Path.GetFullPath(options.Directory), Programs, cancellationToken);
        var product = await ProductFile.ReadAsync(options.Config is null ? null : options.PathOf(options.Config), git, screen, cancellationToken);
        var state = new StateFolder(git.MainWorktree);
        string Resolve(string path) => Path.GetFullPath(Path.Combine(StateFolder.Holds(path) ? git.MainWorktree : git.Root, path));
        var releases = Resolve(product.Releases);
        // Manifests are seldom kept in git, so that a linked worktree has none of its own; a bare repository has no worktree that could.
        if (git.MainWorktree != git.CommonDirectory && !Directory.Exists(releases))
        {
            releases = Path.GetFullPath(Path.Combine(git.MainWorktree, product.Releases));
        }

        var forge = product.Publisher.StartsWith(GitHubScheme, StringComparison.Ordinal) ? ForgeOf(product, state, screen) : null;
        return new Workspace(
            git,
            product,
            new ManifestFolder(releases, DisplayPath.Of),
            new RunFolders(Path.Combine(state.Path, "runs"), clock, DisplayPath.Of),
            forge?.Publisher ?? new FolderPublisher(Resolve(product.Publisher[FolderScheme.Length..]), clock, DisplayPath.Of),
            StoresOf(product, Resolve, options.Offline),
            state,
            ComparesConfiguration: options.Config is null)
        {
            Forge = forge,
        };
    }

    /// <summary>The builder that graft.yaml names.</summary>
    public IImageBuilder Builder(BuildSettings settings) =>
        settings.With == "embedded"
            ? new EmbeddedBuilder(layouts)
            : new ProgramBuilder(settings, layouts, Programs);

    /// <summary>Asks the registry of an image whether it is there and takes the log-in.</summary>
    public Task<RegistryReport> ExamineRegistryAsync(ImageName image, CancellationToken cancellationToken) => registries!.ExamineAsync(image, cancellationToken);

    /// <summary>An image that a build left on disk as an image layout.</summary>
    public Task<StoredImage> OpenBuiltAsync(string layout, CancellationToken cancellationToken) => layouts.ReadAsync(layout, cancellationToken);

    /// <summary>
    /// Text (UTF-8) from a file or a pipe that the user named, or from standard input when it is <c>-</c>; more than the limit is an input failure.
    /// </summary>
    public async Task<string> ReadTextAsync(string file, long limit, CancellationToken cancellationToken)
    {
        if (Directory.Exists(file))
        {
            throw GraftException.Input($"'{DisplayPath.Of(file)}' is a folder, not a file");
        }

        try
        {
            await using var stream = file == "-" ? Screen.OpenInput() : File.OpenRead(file);
            using var buffer = new MemoryStream();
            var chunk = new byte[16 * 1024];
            for (int read; (read = await stream.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                buffer.Write(chunk, 0, read);
                if (buffer.Length > limit)
                {
                    throw GraftException.Input($"'{DisplayPath.Of(file)}' is larger than {limit / 1024 / 1024} MiB");
                }
            }

            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (DecoderFallbackException exception)
        {
            throw GraftException.Input($"'{DisplayPath.Of(file)}' is not UTF-8", inner: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw GraftException.Input($"'{DisplayPath.Of(file)}' cannot be read: {FileProblem.Reason(exception, file)}", inner: exception);
        }
    }

    private GitHubForge ForgeOf(Product product, StateFolder state, Screen screen)
    {
        var settings = new GitHubSettings
        {
            Api = product.GitHubApi,
            Repository = product.Publisher[GitHubScheme.Length..],
            NameOf = product.NameOf,
            Pages = Path.Combine(state.Path, "github"),
            PreparePages = state.PrepareAsync,
            Say = screen.Say,
        };
        return new GitHubForge(settings, new GitHubTokens(Programs, Environment.GetEnvironmentVariable), wire.Value);
    }

    private ImageStores StoresOf(Product product, Func<string, string> resolve, bool isOffline)
    {
        registries ??= new Registries(() => wire.Value, new CredentialStore(Programs), product.PlainHttp);
        var isLayout = product.Registry.StartsWith(LayoutScheme, StringComparison.Ordinal);
        IImageStore own = isLayout ? new LayoutStore(DisplayPath.Of(resolve(product.Registry[LayoutScheme.Length..]))) : new RegistryStore(registries, product.Registry);
        return new ImageStores(product.Registry, own, new RegistryStore(registries), isOffline);
    }
}
