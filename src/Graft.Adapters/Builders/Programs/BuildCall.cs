using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Programs;

/// <summary>One call of a builder's <c>build</c>: one target for one platform. What is relative is so to the build's work folder: some options read a path together with other things, which a path that we do not choose could spoil.</summary>
internal sealed record BuildCall
{
    /// <summary>Absolute path: podman would look for another one in the context first.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>Absolute path. It is beside the Dockerfile with its name and `.dockerignore`, where BuildKit looks.</summary>
    public required string IgnoreFile { get; init; }

    /// <summary>Absolute path of the context.</summary>
    public required string Context { get; init; }

    public required string? Target { get; init; }

    public required Platform Platform { get; init; }

    public required IReadOnlyDictionary<string, string> Args { get; init; }

    /// <summary>Named contexts that are folders: name -> absolute path; and, for a builder that is lent layouts, those.</summary>
    public required IReadOnlyDictionary<string, string> Contexts { get; init; }

    public required IReadOnlyList<BuildSecret> Secrets { get; init; }

    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>Seconds since the epoch that the commit was made at.</summary>
    public required long Time { get; init; }

    /// <summary>Whether an ARG of the Dockerfile asks for the time.</summary>
    public required bool AsksForTime { get; init; }

    /// <summary>The name that the image gets in the builder's own storage.</summary>
    public required string Name { get; init; }

    /// <summary>The archive that the image is to be left in; relative.</summary>
    public required string Archive { get; init; }
}
