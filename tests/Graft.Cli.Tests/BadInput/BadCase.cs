using Graft.Testing;

namespace Graft.Cli.Tests.BadInput;

/// <summary>One broken or hostile thing: what is spoilt, the command that meets it, the exit code, and what is said of it.</summary>
/// <param name="Name">What is broken, as a reader of the list wants it.</param>
/// <param name="Line">The words after <c>graft</c>.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Says">Texts that standard error must hold.</param>
public sealed record BadCase(string Name, IReadOnlyList<string> Line, int Code, params IReadOnlyList<string> Says)
{
    /// <summary>Spoils the product.</summary>
    public Action<SampleProduct> Break { get; init; } = _ => { };

    /// <summary>Changes the environment that the program runs in.</summary>
    public Func<GraftRun, SampleProduct, GraftRun> In { get; init; } = (graft, _) => graft;

    /// <summary>Texts that standard output must hold, of a command that shows what is left.</summary>
    public IReadOnlyList<string> Shows { get; init; } = [];

    /// <summary>Texts that neither output may hold.</summary>
    public IReadOnlyList<string> Hides { get; init; } = [];

    /// <summary>Beginnings of paths, from the folder around the product, that may change: a run that was begun notes that it failed.</summary>
    public IReadOnlyList<string> MayChange { get; init; } = [];

    /// <summary>Words of a line as one types them, split at blanks.</summary>
    public static IReadOnlyList<string> Typed(string line) => line.Split(' ');
}

/// <summary>A subject with its cases.</summary>
public interface IBadCases
{
    /// <summary>The list.</summary>
    static abstract IReadOnlyList<BadCase> All { get; }
}
