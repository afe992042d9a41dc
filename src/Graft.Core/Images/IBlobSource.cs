namespace Graft.Core.Images;

/// <summary>Where content with a known digest can be read.</summary>
public interface IBlobSource
{
    /// <summary>
    /// Opens content for reading from its start. The stream checks length and digest as it is read and fails (an outside failure)
    /// before it reports its end when they differ; content that is not there is an outside failure too.
    /// </summary>
    Task<Stream> OpenAsync(Descriptor descriptor, CancellationToken cancellationToken);
}
