using System.Text;
using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Core.Failures;
using Graft.Core.Products;
using Graft.Core.Products.Discovery;

namespace Graft.Cli.Commands.Init;

/// <summary>Looks at the repository, writes graft.yaml, and says what it guessed and what it could not.</summary>
internal sealed class Initialization(Session session, bool force, bool dryRun)
{
    private const string FileName = "graft.yaml";

    public async Task<int> RunAsync()
    {
        var folder = Path.GetFullPath(session.Options.Directory);
        if (!Directory.Exists(folder))
        {
            throw GraftException.Input($"there is no folder '{session.Options.Directory}'");
        }

        var git = await GitRepository.OpenAsync(folder, session.Composition.Programs, session.Cancellation);
        var path = Path.GetFullPath(session.Options.Config ?? Path.Combine(git.Root, FileName));
        if (!force && !dryRun && Path.Exists(path))
        {
            throw GraftException.Input($"'{DisplayPath.Of(path)}' exists already", "look at what would be written with `--dry-run`, or replace it with `--force`");
        }

        if (!dryRun)
        {
            WholeFile.RefuseOthers(path, DisplayPath.Of(path));
        }

        var repository = await new RepositoryFacts(git, session.Screen).GatherAsync(session.Cancellation);
        var found = ProductDiscovery.Find(repository.Discovery);
        found = found with { Guesses = [repository.Guess, .. found.Guesses] };
        var text = ProductFileText.Write(repository.File, found, repository.Discovery.Paths);
        Prove(text, found, repository.Discovery.Paths);
        if (!dryRun)
        {
            await WriteAsync(path, text);
        }

        if (session.Screen.Json)
        {
            session.Screen.Data(InitDocument.Of(DisplayPath.Of(path), dryRun, repository.File, found, text));
        }
        else if (dryRun)
        {
            session.Screen.Data(text);
        }

        Report(path, found);
        return 0;
    }

    /// <summary>A file that is not read back as what was found must not be written.</summary>
    private static void Prove(string text, Discovered found, IReadOnlyList<string> paths)
    {
        static string Describe(ImageSource source) =>
            $"{source.Image} {source.Dockerfile} {source.Target} {source.Context} {source.Key} {Flat(source.Args)} {Flat(source.Contexts)} {string.Join(' ', source.Platforms)}";
        static string Flat(IReadOnlyDictionary<string, string> map) => string.Join(' ', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

        var product = ProductReader.Read(text, FileName);
        var read = ImageSources.Find(product, paths).Select(Describe).ToHashSet(StringComparer.Ordinal);
        var wrong = found.Images.Select(image => Describe(image.Source)).FirstOrDefault(image => !read.Contains(image));
        if (wrong is not null || read.Count != found.Images.Count)
        {
            throw new InvalidOperationException($"what init writes is not what it found: {wrong}");
        }
    }

    private Task WriteAsync(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return force ? AtomicFile.WriteAsync(path, bytes, session.Cancellation) : AtomicFile.CreateAsync(path, bytes, session.Cancellation);
    }

    private void Report(string path, Discovered found)
    {
        foreach (var guess in found.Guesses)
        {
            session.Screen.Say($"guess: {guess}");
        }

        foreach (var problem in found.Problems)
        {
            session.Screen.Warn(problem);
        }

        foreach (var (left, reason) in found.LeftOut)
        {
            session.Screen.Say(reason.StartsWith(left, StringComparison.Ordinal) ? $"left out: {reason}" : $"left out: {left}: {reason}");
        }

        if (found.Images.Count == 0)
        {
            session.Screen.Warn("no Dockerfile that builds an image was found; the file says how to name one");
        }

        var images = found.Images.Count == 1 ? "1 image" : $"{found.Images.Count} images";
        session.Screen.Say(dryRun ? $"{images} found" : $"{DisplayPath.Of(path)}: written, with {images}");
        if (!dryRun)
        {
            session.Screen.Say($"next: look it over, then `git add {DisplayPath.Of(path)}` and commit");
        }
    }
}
