using Graft.Core.Dockerfiles;
using Graft.Core.Images;

namespace Graft.Core.Affected;

/// <summary>
/// Files of a build context that a Dockerfile takes. <c>Folder</c> is that of a named context, or null for the build's own;
/// <c>Source</c> is null for all of it; <c>Excludes</c> are those of <c>COPY --exclude</c>.
/// </summary>
internal sealed record ContextUse(string? Folder, SourcePath? Source, IgnoreRules? Excludes, int Line, string Why);

/// <summary>An image of the product that a Dockerfile stands on or copies from.</summary>
internal sealed record ImageUse(ImageName Image, int Line, string Why);

/// <summary>What an image source takes from where. <c>Unknown</c> says why nothing of that is known, so that anything may be taken.</summary>
internal sealed record SourceReading(
    IReadOnlyList<ContextUse> Contexts,
    IReadOnlyList<ImageUse> Images,
    IReadOnlyDictionary<string, string?> Environment,
    IReadOnlyList<Instruction> Triggers,
    string? Unknown = null,
    int? UnknownLine = null);
