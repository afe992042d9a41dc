using Graft.Testing;

namespace Graft.Cli.Tests.BadInput;

/// <summary>
/// Whatever comes in, Graft ends well: the exit code that is promised, the subject named, nothing of its own insides shown, nothing that a terminal
/// would obey, and the whole folder (worktree, git, <c>.graft</c>, remote, cache) as it was before.
/// </summary>
public abstract class BadInputTests<TCases>
    where TCases : IBadCases
{
    // No step takes seconds; what hangs is to be seen before the whole suite's patience ends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Names => [.. TCases.All.Select(bad => bad.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ends_well(string name)
    {
        var bad = TCases.All.Single(candidate => candidate.Name == name);
        using var product = LivedInSample.Copy();
        bad.Break(product);
        var graft = bad.In(product.Graft with { IsOrdinary = true, Patience = Patience }, product);
        var before = FolderState.Of(product.Repository.Around);

        var text = graft.Run(bad.Line);
        var document = graft.Run(["--json", .. bad.Line]);

        List<string> wrong =
        [
            .. before.ChangesTo(FolderState.Of(product.Repository.Around), bad.MayChange),
            .. BadEnding.OfText(bad, text),
            .. BadEnding.OfDocument(bad, document).Select(problem => $"with --json, {problem}"),
        ];
        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n{text}\n--json: {document}");
    }
}
