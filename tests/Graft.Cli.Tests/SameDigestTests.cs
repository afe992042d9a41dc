using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary>Whoever builds a commit, wherever: the image is the same. And two who build at once do not disturb each other.</summary>
public sealed class SameDigestTests : IAsyncLifetime
{
    private const string Release = SampleProduct.Release;
    private readonly SampleProduct product = new();

    public async ValueTask InitializeAsync() => await product.PushBaseImageAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        product.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_clone_elsewhere_with_another_umask_other_times_and_stray_files_gives_the_same_digests()
    {
        var name = "3.2.203001010000";
        var clone = product.Repository.Beside("a clone/elsewhere");
        Directory.CreateDirectory(Path.GetDirectoryName(clone)!);
        product.Repository.GitIn(Path.GetDirectoryName(clone)!, "clone", "--quiet", "--branch", SampleProduct.Branch, product.Repository.Remote, clone);
        Directory.CreateDirectory(Path.Combine(clone, ".git", "info"));
        File.AppendAllText(Path.Combine(clone, ".git", "info", "exclude"), "*.stray\n");
        Directory.CreateDirectory(Path.Combine(clone, "releases"));
        File.Copy(product.At($"releases/{Release}.yaml"), Path.Combine(clone, "releases", $"{Release}.yaml"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(clone, "src"), "*", SearchOption.AllDirectories).ToList())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) & (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
            File.WriteAllText(file + ".stray", "left by an editor");
        }

        CopyBaseImage(clone);
        var elsewhere = new GraftRun { Directory = clone, Home = product.Repository.Beside("another user") };
        product.Graft.Run(Line(name)).Succeeded();
        elsewhere.RunWithUmask("077", Line(name)).Succeeded();

        Assert.Equal(product.Read($"releases/{name}.lock.json"), File.ReadAllText(Path.Combine(clone, "releases", $"{name}.lock.json")));
        Assert.Equal(product.ReadManifest(name), File.ReadAllText(Path.Combine(clone, "releases", $"{name}.yaml")));
    }

    [Fact]
    public void Two_processes_at_once_lose_nothing()
    {
        string[] names = ["3.2.203001010001", "3.2.203001010002", "3.2.203001010003", "3.2.203001010004"];
        var running = names.Select(name => product.Graft.Start(Line(name))).ToList();

        foreach (var result in running.Select(graft => graft.WaitForExit()))
        {
            result.Succeeded();
        }

        running.ForEach(graft => graft.Dispose());
        var tags = product.ImageTags;
        Assert.All(names, name => Assert.Equal(2, tags.Count(tag => tag.Contains(name, StringComparison.Ordinal))));
        Assert.Equal(names.Prepend(Release).Order(StringComparer.Ordinal), product.Releases.Order(StringComparer.Ordinal));
    }

    private static string[] Line(string name) =>
        ["hotfix", "generate", "--offline", "--release", Release, "--build", "acme/api", "acme/web", "--name", name];

    private void CopyBaseImage(string clone)
    {
        foreach (var file in Directory.EnumerateFiles(product.At(".graft/images"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(clone, Path.GetRelativePath(product.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
