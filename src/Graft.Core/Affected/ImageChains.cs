using Graft.Core.Images;

namespace Graft.Core.Affected;

/// <summary>Carries effects from image to image: what is made from an affected image is affected.</summary>
internal static class ImageChains
{
    public static IReadOnlyList<ImageEffect> Spread(IReadOnlyList<(ImageEffect Effect, SourceReading Reading)> images)
    {
        var users = new Dictionary<ImageName, List<(int Index, int? Line, string Why)>>();
        var unknowing = new List<(int Index, int? Line, string Why)>();
        for (var index = 0; index < images.Count; index++)
        {
            foreach (var use in images[index].Reading.Images)
            {
                if (!users.TryGetValue(use.Image, out var named))
                {
                    users[use.Image] = named = [];
                }

                named.Add((index, use.Line, use.Why));
            }

            if (images[index].Reading.Unknown is { } unknown)
            {
                unknowing.Add((index, images[index].Reading.UnknownLine, $"it may be made from any image: {unknown}"));
            }
        }

        var reasons = images.Select(image => image.Effect.Reasons.ToList()).ToList();
        var waiting = new Queue<int>(Enumerable.Range(0, images.Count).Where(index => reasons[index].Count > 0));
        var done = new bool[images.Count];
        while (waiting.TryDequeue(out var index))
        {
            if (done[index])
            {
                continue;
            }

            done[index] = true;
            var image = images[index].Effect.Source.Image;
            foreach (var (user, line, why) in users.GetValueOrDefault(image, []).Concat(unknowing).Where(use => use.Index != index))
            {
                reasons[user].Add(new AffectedReason(reasons[index][0].Path, images[user].Effect.Source.Dockerfile, line, $"{why}, and '{image}' is affected"));
                waiting.Enqueue(user);
            }
        }

        return [.. images.Select((image, index) => image.Effect with { Reasons = reasons[index] })];
    }
}
