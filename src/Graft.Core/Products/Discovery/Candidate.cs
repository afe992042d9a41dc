using Graft.Core.Bake;
using Graft.Core.Dockerfiles;

namespace Graft.Core.Products.Discovery;

/// <summary>An image source on its way: what is decided about it so far.</summary>
internal sealed class Candidate(string path, Dockerfile dockerfile, string context, string from)
{
    public string Path => path;

    public Dockerfile Dockerfile => dockerfile;

    public string Context => context;

    /// <summary>What said so.</summary>
    public string From => from;

    /// <summary>The bake target or compose service, or null.</summary>
    public BuildDefinition? Definition { get; init; }

    /// <summary>The names of the targets and services that build this very thing.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];

    /// <summary>The folder that the definition's own paths are relative to.</summary>
    public string Folder { get; init; } = ".";

    public string? Target { get; set; }

    public Dictionary<string, string> Args { get; init; } = [];

    /// <summary>Named contexts with folders resolved; <c>target:NAME</c> until names are known.</summary>
    public Dictionary<string, string> Contexts { get; init; } = [];

    public string Key { get; set; } = "images";

    /// <summary>The image's name, once decided.</summary>
    public string? Name { get; set; }

    public string Origin => Definition is { } definition ? $"{definition.Place.File}:{definition.Place.Line}" : path;
}
