using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Core.Affected;

/// <summary>Reads what image sources take, each Dockerfile once.</summary>
internal sealed class SourceReader(IReadOnlyList<ImageSource> sources, IReadOnlyCollection<ImageName> gone, IReadOnlyDictionary<string, string?> texts)
{
    // Where graft.yaml leaves the platforms to the entry that is replaced, any of these may be asked for.
    private static readonly IReadOnlyList<Platform> Usual =
        [.. "linux/amd64 linux/arm64 linux/arm/v7 linux/arm/v6 linux/386 linux/ppc64le linux/riscv64 linux/s390x windows/amd64".Split(' ').Select(Platform.Parse)];

    private readonly Dictionary<ImageName, ImageSource> byImage = sources.ToDictionary(source => source.Image);
    private readonly Dictionary<ImageName, SourceReading?> readings = [];
    private readonly Dictionary<string, Dockerfile> parsed = new(StringComparer.Ordinal);

    /// <summary>Whether the product builds this image, or did at the base.</summary>
    public bool Builds(ImageName image) => byImage.ContainsKey(image) || gone.Contains(image);

    /// <summary>What a source takes. One that cannot be read is known to be unknown.</summary>
    public SourceReading Read(ImageSource source)
    {
        if (readings.TryGetValue(source.Image, out var known))
        {
            return known ?? Unknown("it is made from itself", null);
        }

        readings[source.Image] = null;
        var reading = ReadNew(source);
        readings[source.Image] = reading;
        return reading;
    }

    /// <summary>What an image of the product hands on to a stage that is made from it; null for any other image.</summary>
    public SourceReading? ReadBase(ImageName image) => byImage.TryGetValue(image, out var source) ? Read(source) : null;

    private static SourceReading Unknown(string why, int? line) => new([], [], new Dictionary<string, string?>(), [], why, line);

    private SourceReading ReadNew(ImageSource source)
    {
        var text = texts.GetValueOrDefault(source.Dockerfile);
        if (text is null)
        {
            return Unknown("its Dockerfile is not in this repository's tree", null);
        }

        try
        {
            if (!parsed.TryGetValue(source.Dockerfile, out var dockerfile))
            {
                parsed[source.Dockerfile] = dockerfile = Dockerfile.Parse(text, source.Dockerfile);
            }

            if (Frontend(dockerfile, source) is { } frontend)
            {
                return Unknown($"the frontend '{frontend}' reads its Dockerfile, not graft", 1);
            }

            IReadOnlyList<Platform> platforms = source.Platforms.Count > 0 ? source.Platforms
                : text.Contains("TARGET", StringComparison.Ordinal) ? Usual
                : [Platform.Default];
            var read = platforms.Select(platform => new PlatformReader(this, source, dockerfile, platform).Read()).ToList();
            return read.FirstOrDefault(reading => reading.Unknown is not null) ?? read[0] with
            {
                Contexts = [.. read.SelectMany(reading => reading.Contexts)],
                Images = [.. read.SelectMany(reading => reading.Images).Distinct()],
            };
        }
        catch (GraftException unreadable) when (unreadable.Kind == FailureKind.Input)
        {
            return Unknown(unreadable.Message, null);
        }
        catch (FormatException malformed)
        {
            return Unknown(malformed.Message, null);
        }
    }

    /// <summary>The frontend that another program's release decides about, or null for docker's own.</summary>
    private static string? Frontend(Dockerfile dockerfile, ImageSource source)
    {
        var asked = source.Args.GetValueOrDefault("BUILDKIT_SYNTAX") ?? dockerfile.Syntax;
        if (asked is null)
        {
            return null;
        }

        var image = asked.Split(' ')[0];
        return ImageReference.TryParse(image, out var reference) && IsDockers(reference.Name) ? null
            : ImageName.TryParse(image, out var name) && IsDockers(name) ? null
            : asked;
    }

    private static bool IsDockers(ImageName name) => name.Registry == ImageName.DefaultRegistry && name.Repository is "docker/dockerfile" or "docker/dockerfile-upstream";
}
