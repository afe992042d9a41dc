using Graft.Core.Hotfixes;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Cli.Hotfixes;

/// <summary>Asks what the FROM lines and named contexts of the builds mean.</summary>
internal sealed record BaseQuestion(Workspace Workspace, HotfixFacts Facts, HotfixSelection Selection, ReleaseName Name)
{
    public Task<IReadOnlyDictionary<ImageName, IReadOnlyList<PlannedBase>>> AskAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<ImageName, IReadOnlyList<PlannedBase>>>(Selection.Builds.ToDictionary(b => b.Source.Image, b => (IReadOnlyList<PlannedBase>)[]));
}
