using Graft.Core.Hotfixes;
using Graft.Core.Images;

namespace Graft.Core.Tests.Hotfixes;

/// <summary>Mangled plans.</summary>
public sealed class PlanFuzzTests
{
    private static readonly byte[][] Corpus =
    [
        .. new[]
        {
            HotfixWorld.Build("acme/api", "acme/web"),
            HotfixWorld.Set("bitnami/postgresql=15.3.1"),
            HotfixWorld.Build("acme/api") with { Changes = [VersionChange.Parse("bitnami/redis:7.2=7.2.5")], Draft = false },
        }.Select(request => PlanJson.Write(HotfixWorld.Plan(request, references: [new ReferenceState(ImageReference.Parse("acme/web:1"), ReferenceAnswer.Missing)]).Plan)),
    ];

    [Fact]
    public void Is_read_or_refused() => JsonFuzz.Run("plans", Corpus, json => PlanJson.Write(PlanJson.Read(json, "f.json")));
}
