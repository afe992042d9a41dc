using Graft.Adapters.Files;
using Graft.Adapters.Git;
using Graft.Cli.Terminal;
using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Cli;

/// <summary>Finds and reads graft.yaml: the one that is named, the one at the root, or, on a branch older than Graft, the main branch's.</summary>
internal static class ProductFile
{
    /// <summary>The file's name at the root of a tree.</summary>
    public const string Name = "graft.yaml";

    private const string DefaultRemote = "origin";
    private const string DefaultMain = "main";
    private const long SizeLimit = 1024 * 1024;

    public static async Task<Product> ReadAsync(string? named, GitRepository git, Screen screen, CancellationToken cancellationToken)
    {
        var path = named ?? Path.Combine(git.Root, Name);
        if (WholeFile.Find(path, DisplayPath.Of(path), SizeLimit) is { } bytes)
        {
            return ProductReader.Read(bytes, DisplayPath.Of(path));
        }

        if (named is not null)
        {
            throw GraftException.Input($"there is no file '{DisplayPath.Of(named)}'");
        }

        var text = await git.ReadRemoteFileAsync(DefaultRemote, DefaultMain, Name, cancellationToken)
            ?? throw GraftException.Input(
                $"there is no '{Name}' at the root of '{DisplayPath.Of(git.Root)}', nor on '{DefaultRemote}/{DefaultMain}'",
                "write one with `graft init`, or name it with `--config FILE`");
        screen.Say($"this branch has no {Name}; the one on {DefaultRemote}/{DefaultMain} is used");
        return ProductReader.Read(text, $"{DefaultRemote}/{DefaultMain}:{Name}");
    }
}
