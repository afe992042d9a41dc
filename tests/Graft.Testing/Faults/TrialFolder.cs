namespace Graft.Testing.Faults;

/// <summary>A copy of a product with its remote, home, cache and temporary folder, in which one run is broken.</summary>
public sealed class TrialFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Copies what is there.</summary>
    public TrialFolder(SampleProduct template)
    {
        var from = System.IO.Path.GetDirectoryName(template.Root)!;
        FolderCopy.Copy(from, Path);
        // Where the remote is stands there as an absolute path.
        var configuration = System.IO.Path.Combine(Product, ".git", "config");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace(from, Path, StringComparison.Ordinal));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "tmp"));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "user", "home"));
        Log = new FaultLog(folder.At("calls"));
    }

    /// <summary>Absolute path of the folder that holds the world: everything that a run may change.</summary>
    public string Path => folder.At("world");

    /// <summary>Absolute path of the worktree.</summary>
    public string Product => System.IO.Path.Combine(Path, "product");

    /// <summary>Starts the program in the worktree, unbroken.</summary>
    public GraftRun Graft => new GraftRun { Directory = Product, Home = System.IO.Path.Combine(Path, "user") }
        .With("TMPDIR", System.IO.Path.Combine(Path, "tmp"))
        // Where the program runs under the JIT, its debugger's pipes would be left there.
        .With("DOTNET_EnableDiagnostics", "0")
        .With("LD_PRELOAD", FaultLibrary.Path)
        .With("FAULT_ROOT", Path);

    /// <summary>What the library that breaks runs writes, outside of the world.</summary>
    internal FaultLog Log { get; }

    /// <summary>The same, at its calls counted, and broken at one of them unless <paramref name="fault"/> is null.</summary>
    public GraftRun Broken(Fault? fault)
    {
        var run = Graft.With("FAULT_LOG", Log.Path);
        return fault is null ? run : fault.Variables(Path).Aggregate(run, (run, variable) => run.With(variable.Key, variable.Value));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
