namespace Graft.Core.Images;

/// <summary>
/// An image that some place holds: what its reference points at (the index where there is one), its image manifests by platform
/// (null for a manifest whose platform is not known), and where its content is read.
/// </summary>
public sealed record StoredImage(Descriptor Descriptor, IReadOnlyList<Descriptor> Manifests, IBlobSource Content);
