using Graft.Cli.Hotfixes;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Doctor;

/// <summary>What graft.yaml says, whether it fits HEAD's files, and whether there is a release to fix.</summary>
internal sealed class ProductExamination(Workspace workspace, Task<ProductAtHead> read)
{
    public async Task<IReadOnlyList<Finding>> AskAsync(CancellationToken cancellationToken)
    {
        var facts = await read.WaitAsync(cancellationToken);
        var product = workspace.Product;
        var findings = new List<Finding>
        {
            Finding.Ok($"product '{product.Name}': {Count(facts.Sources.Count, "image")} from {Count(facts.Sources.Select(source => source.Dockerfile).Distinct(StringComparer.Ordinal).Count(), "Dockerfile")}"),
        };
        findings.AddRange(facts.Problems.Select(Finding.Of));
        foreach (var source in facts.Sources)
        {
            try
            {
                BuildSecrets.Require(source, workspace.Git.Root);
            }
            catch (GraftException missing)
            {
                findings.Add(Finding.Missing(missing.Message, missing.Hint));
            }
        }

        findings.Add(ReleaseOf(facts));
        return findings;
    }

    public static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private Finding ReleaseOf(ProductAtHead facts) => facts switch
    {
        { Newest: null } => Finding.Note($"there is no release in '{DisplayPath.Of(workspace.Manifests.Path)}' to fix", "`graft release download`, or put its manifest there"),
        { HasTag: false } => Finding.Note($"the newest release here is {facts.Newest.Name}, and its tag '{workspace.Product.TagOf(facts.Newest.Name)}' is not here", $"`git fetch --tags {workspace.Product.Remote}`"),
        _ => Finding.Ok($"the newest release here is {facts.Newest.Name}"),
    };
}
