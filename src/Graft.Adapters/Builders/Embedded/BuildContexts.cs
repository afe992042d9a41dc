using System.Collections.Concurrent;
using Graft.Core.Dockerfiles;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>A folder of the checkout that a build copies from: its name for messages, the file with its rules (or null), and its files.</summary>
internal sealed record BuildContext(string Name, string? IgnoreFile, IgnoreRules Rules, FileTree Tree);

/// <summary>The folders of one build, each read once, the named ones only when they are copied from.</summary>
internal sealed class BuildContexts(BuildRequest request, CheckoutFolder checkout)
{
    private readonly ConcurrentDictionary<string, Lazy<BuildContext>> named = [];
    private readonly Lazy<BuildContext> main = new(() => Read(checkout, request.Source.Context, request.Source.Dockerfile));

    /// <summary>The build's own context.</summary>
    public BuildContext Main => main.Value;

    /// <summary>A named context that is a folder; an input failure when graft.yaml names none that is there.</summary>
    public BuildContext Get(string name, Instruction instruction)
    {
        var path = request.Source.Contexts.First(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return checkout.Find(path) is { } folder && Directory.Exists(folder)
            ? named.GetOrAdd(name, _ => new Lazy<BuildContext>(() => Read(checkout, path, null))).Value
            : throw instruction.Location.Error($"the named context '{name}' is neither a folder of the repository nor an image: '{path}'");
    }

    /// <summary>A file beside the Dockerfile with its name and `.dockerignore` takes the place of the context's own.</summary>
    private static BuildContext Read(CheckoutFolder checkout, string path, string? dockerfile)
    {
        _ = checkout.Find(path);
        var candidates = dockerfile is null ? [] : new List<string> { dockerfile + ".dockerignore" };
        candidates.Add(path == "." ? ".dockerignore" : path + "/.dockerignore");
        var file = candidates.FirstOrDefault(candidate => checkout.FindFile(candidate) is not null);
        var rules = file is null ? IgnoreRules.None : IgnoreRules.Parse(File.ReadAllText(checkout.FindFile(file)!), file);
        return new BuildContext(path, file, rules, checkout.ReadTree(path, rules));
    }
}
