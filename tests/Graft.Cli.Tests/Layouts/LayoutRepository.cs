using System.Text.Json;
using Graft.Testing;
using Graft.Testing.Layouts;

namespace Graft.Cli.Tests.Layouts;

/// <summary>
/// A layout as a real repository in which <c>graft init</c> was run: what it wrote is committed as it is, and the live release's tag is on that
/// commit. One serves all changes of a layout: each is made on a branch of its own from the tag.
/// </summary>
public abstract class LayoutRepository : IDisposable
{
    private const string Release = "3.2.202511230446";
    private const string Tag = $"v{Release}";
    private readonly TemporaryRepository repository = new();

    /// <summary>Makes the repository.</summary>
    protected LayoutRepository(PublicLayout layout)
    {
        repository.Git("remote", "set-url", "origin", layout.Remote);
        repository.Commit("The product", [.. layout.Files.Select(file => (file.Key, file.Value))]);
        Said = Run("init").Succeeded().Error;
        Written = File.ReadAllText(repository.At("graft.yaml"));
        repository.Commit("Describe the product to graft");
        repository.Tag(Tag);
    }

    /// <summary>What init said.</summary>
    public string Said { get; }

    /// <summary>The graft.yaml that init wrote.</summary>
    public string Written { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        repository.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Makes a change since the release and asks what it affects: the images by the last part of their names, then the paths outside, as
    /// <c>IMAGE IMAGE | PATH</c>.
    /// </summary>
    /// <param name="paths">Parted by blanks: a path whose file gets a line more (or is new), or <c>-PATH</c> for one that goes.</param>
    public string Affected(string paths) => Affected(() =>
    {
        foreach (var path in paths.Split(' '))
        {
            if (path[0] == '-')
            {
                File.Delete(repository.At(path[1..]));
            }
            else
            {
                repository.Write(path, (File.Exists(repository.At(path)) ? File.ReadAllText(repository.At(path)) : "") + "\n# changed\n");
            }
        }
    });

    /// <summary>As <see cref="Affected(string)"/>, for a change within a file's text, after which init may be run again.</summary>
    public string AffectedByEdit(string path, string from, string to, bool initAgain = false) => Affected(() =>
    {
        var text = File.ReadAllText(repository.At(path));
        repository.Write(path, text.Contains(from, StringComparison.Ordinal) ? text.Replace(from, to, StringComparison.Ordinal) : throw new InvalidOperationException($"'{path}' has no '{from}'"));
        if (initAgain)
        {
            repository.Commit("Change");
            Run("init", "--force").Succeeded();
        }
    });

    private string Affected(Action change)
    {
        repository.Git("switch", "--quiet", "--force-create", "hotfix/change", Tag);
        change();
        repository.Commit("Change");
        var document = Run("hotfix", "affected", "--json").Succeeded().Json();
        Assert.Equal(Release, document.GetProperty("base").GetString());
        var images = document.GetProperty("images").EnumerateArray().Where(image => image.GetProperty("affected").GetBoolean()).Select(image => Text(image.GetProperty("image")));
        var outside = document.GetProperty("outside").EnumerateArray().Select(Text);
        return $"{string.Join(' ', images.Select(image => image[(image.LastIndexOf('/') + 1)..]).Order(StringComparer.Ordinal))} | {string.Join(' ', outside)}".Trim();
    }

    private static string Text(JsonElement element) => element.GetString()!;

    private GraftResult Run(params string[] arguments) => new GraftRun { Directory = repository.Root, Home = repository.Beside("user") }.Run(arguments);
}
