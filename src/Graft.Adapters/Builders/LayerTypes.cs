using Graft.Core.Images;

namespace Graft.Adapters.Builders;

/// <summary>A manifest is of one family: layers keep their bytes and get OCI's name for the same thing.</summary>
internal static class LayerTypes
{
    /// <summary>A layer's descriptor as it stands in an OCI manifest.</summary>
    public static Descriptor ToOci(Descriptor layer) => layer with
    {
        MediaType = layer.MediaType switch
        {
            MediaTypes.DockerLayer => MediaTypes.OciLayer,
            MediaTypes.DockerLayerGzip => MediaTypes.OciLayerGzip,
            MediaTypes.DockerLayerZstandard => MediaTypes.OciLayerZstandard,
            var other => other,
        },
        Platform = null,
    };
}
