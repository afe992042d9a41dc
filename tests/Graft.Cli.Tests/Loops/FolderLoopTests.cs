using Graft.Testing;

namespace Graft.Cli.Tests.Loops;

/// <summary>The loop where releases live in a folder that both people see.</summary>
public sealed class FolderLoopTests() : HotfixLoopTests("")
{
    private const string Published = ".graft/published";

    /// <inheritdoc/>
    protected override void PublishBase() => Product.PutOnPublisher(SampleProduct.Release, Product.Released);

    /// <inheritdoc/>
    protected override void Join(string clone)
    {
        // As a folder on the network is mounted.
        Directory.CreateDirectory(Path.Combine(clone, ".graft"));
        Directory.CreateSymbolicLink(Path.Combine(clone, Published), Product.At(Published));
    }
}
