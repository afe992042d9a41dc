using Graft.Core.Images;

namespace Graft.Core.Affected;

/// <summary>Carries effects from image to image: what is made from an affected image, or from one that is no longer built, is affected.</summary>
internal sealed class ImageChains
{
    private readonly IReadOnlyList<ImageEffect> images;
    private readonly List<List<AffectedReason>> reasons;
    private readonly Dictionary<ImageName, List<Use>> users = [];
    private readonly List<Use> unknowing = [];

    public ImageChains(IReadOnlyList<(ImageEffect Effect, SourceReading Reading)> read)
    {
        images = [.. read.Select(image => image.Effect)];
        reasons = [.. images.Select(image => image.Reasons.ToList())];
        for (var index = 0; index < read.Count; index++)
        {
            var reading = read[index].Reading;
            foreach (var use in reading.Images)
            {
                if (!users.TryGetValue(use.Image, out var named))
                {
                    users[use.Image] = named = [];
                }

                named.Add(new Use(index, use.Line, use.Why));
            }

            if (reading.Unknown is { } unknown)
            {
                unknowing.Add(new Use(index, reading.UnknownLine, $"it may be made from any image: {unknown}"));
            }
        }
    }

    /// <summary>The images with all their reasons; <paramref name="gone"/> are those that are no longer built, with the path that says so.</summary>
    public IReadOnlyList<ImageEffect> Spread(IReadOnlyDictionary<ImageName, string> gone)
    {
        foreach (var (image, path) in gone)
        {
            foreach (var use in UsesOf(image))
            {
                Add(use, path, $"'{image}' is no longer built");
            }
        }

        var waiting = new Queue<int>(Enumerable.Range(0, images.Count).Where(index => reasons[index].Count > 0));
        var done = new bool[images.Count];
        while (waiting.TryDequeue(out var index))
        {
            if (done[index])
            {
                continue;
            }

            done[index] = true;
            foreach (var use in UsesOf(images[index].Source.Image).Where(use => use.Index != index))
            {
                Add(use, reasons[index][0].Path, $"'{images[index].Source.Image}' is affected");
                waiting.Enqueue(use.Index);
            }
        }

        return [.. images.Select((image, index) => image with { Reasons = reasons[index] })];
    }

    private IEnumerable<Use> UsesOf(ImageName image) => users.GetValueOrDefault(image, []).Concat(unknowing);

    private void Add(Use use, string path, string what) =>
        reasons[use.Index].Add(new AffectedReason(path, images[use.Index].Source.Dockerfile, use.Line, $"{use.Why}, and {what}"));

    private sealed record Use(int Index, int? Line, string Why);
}
