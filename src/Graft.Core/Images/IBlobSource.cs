namespace Graft.Core.Images;

/// <summary>Where content with a known digest can be read.</summary>
public interface IBlobSource
{
    /// <summary>
    /// Opens content for reading from its start. The stream checks length and digest as it is read and fails (an outside failure)
    /// before it reports its end when they differ; content that is not there fails too (both a <see cref="ContentException"/>).
    /// </summary>
    Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken);

    /// <summary>Makes sure that content is there, with its size as far as the place tells, without reading it; else a <see cref="ContentException"/>.</summary>
    async Task CheckPresenceAsync(Descriptor descriptor, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(descriptor, cancellationToken);
    }
}
