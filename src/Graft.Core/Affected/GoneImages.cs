using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>
/// The images that the product built at the base and no longer builds, with the path that says so: whatever is made from one of them now stands on
/// something else.
/// </summary>
internal sealed class GoneImages(AffectedFacts facts)
{
    public IReadOnlyDictionary<ImageName, string> Paths
    {
        get
        {
            var here = facts.Sources.Select(source => source.Image).ToHashSet();
            var gone = new Dictionary<ImageName, string>();
            foreach (var change in facts.Changes.Where(change => change.After is null))
            {
                foreach (var image in ImageSources.ImagesOf(facts.Product, change.Path).Where(image => !here.Contains(image)))
                {
                    gone[image] = change.Path;
                }
            }

            foreach (var image in (facts.BaseConfiguration?.Sources ?? []).Select(source => source.Image).Where(image => !here.Contains(image)))
            {
                gone.TryAdd(image, facts.BaseConfiguration!.File);
            }

            return gone;
        }
    }
}
