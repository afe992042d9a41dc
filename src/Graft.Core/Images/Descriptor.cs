namespace Graft.Core.Images;

/// <summary>What points at content (OCI image spec, "Descriptor"): its media type, digest, and size in bytes.</summary>
public sealed record Descriptor(string MediaType, Digest Digest, long Size, Platform? Platform = null);
