namespace Graft.Testing;

/// <summary>
/// The sample product in the middle of its life: its release is published with its lock, its base image is in the layout, a hotfix was cut and is a
/// draft, and another was killed in the middle of a build. Made once per test process, and copied.
/// </summary>
public static class LivedInSample
{
    /// <summary>The hotfix that was cut, a draft.</summary>
    public const string Draft = "3.2.203001010000";

    /// <summary>The hotfix that was killed.</summary>
    public const string CutOff = "3.2.203001020000";

    private static readonly Lazy<SampleProduct> Template = new(Make);

    /// <summary>A copy of its own for a test to spoil.</summary>
    public static SampleProduct Copy() => new(Template.Value);

    private static SampleProduct Make()
    {
        var product = new SampleProduct(SampleFiles.PreparingConfiguration);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => product.Dispose();
        product.PushBaseImageAsync(CancellationToken.None).GetAwaiter().GetResult();
        product.PutOnPublisher(SampleProduct.Release, product.Released);
        string[] generate = ["hotfix", "generate", "--offline", "--release", SampleProduct.Release];
        product.Graft.Run([.. generate, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built", "--name", Draft]).Succeeded();
        KillInTheMiddle(product, [.. generate, "--build", "acme/api", "--name", CutOff]);

        // What the runs left in the user's folders is theirs, not the copies'.
        Adapters.Files.FolderRemoval.Remove(product.Graft.Home);
        _ = product.Graft.Environment();
        return product;
    }

    private static void KillInTheMiddle(SampleProduct product, string[] generate)
    {
        using var folder = new TemporaryFolder();
        using var hold = new HoldingPipe(folder.At("hold"));
        using var graft = product.Graft.With(SampleFiles.HoldVariable, hold.Path).Start(generate);
        graft.WaitForError("build acme/api: holding");
        graft.Signal("KILL");
        hold.LetGo();
        graft.WaitForExit();
    }
}
