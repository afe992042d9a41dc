using System.Text.Json;
using Graft.Core.Releases;
using Graft.Testing;

namespace Graft.Cli.Tests.Picks;

/// <summary>A product with a hotfix's branch that was just started, and commits on main to pick from.</summary>
internal sealed class PickStory : IDisposable
{
    public const string Branch = "hotfix/picked";
    public const string Text = "src/web/public/text.txt";

    public PickStory(string? configuration = null)
    {
        Product = new SampleProduct(configuration);
        // Ten lines, far enough apart for changes not to meet.
        Git.Git("switch", "--quiet", "main");
        Git.Git("reset", "--quiet", "--hard", $"v{SampleProduct.Release}");
        Git.Commit("Tell ten things", (Text, Lines()));
        Git.Git("tag", "--delete", $"v{SampleProduct.Release}");
        Git.Tag($"v{SampleProduct.Release}");
        Start = Git.Head;
        Git.Git("switch", "--quiet", "--create", Branch);
    }

    public SampleProduct Product { get; }

    public TemporaryRepository Git => Product.Repository;

    /// <summary>Where the branch began.</summary>
    public CommitId Start { get; }

    /// <summary>The subjects of the branch's own commits, oldest first.</summary>
    public IReadOnlyList<string> Subjects => Git.Git("log", "--reverse", "--format=%s", $"{Start}..{Branch}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text of ten lines, some of which are others than `line N`.</summary>
    public static string Lines(params (int Number, string Text)[] changed) =>
        string.Concat(Enumerable.Range(1, 30).Select(number => (changed.FirstOrDefault(line => line.Number == number).Text ?? $"line {number}") + "\n"));

    /// <summary>Commits on main and comes back to the hotfix's branch.</summary>
    public CommitId OnMain(string message, params (string Path, string Text)[] files)
    {
        Git.Git("switch", "--quiet", "main");
        var commit = Git.Commit(message, files);
        Git.Git("switch", "--quiet", Branch);
        return commit;
    }

    /// <summary>Pushes main, so that the remote's is known here.</summary>
    public void PushMain() => Git.Git("push", "--quiet", "--force", "origin", "main");

    public GraftResult Pick(params string[] arguments) => Product.Graft.Run(["hotfix", "pick", .. arguments]);

    public JsonElement PickJson(params string[] arguments) => Pick(["--json", .. arguments]).Json();

    public string Read() => Product.Read(Text);

    public bool IsClean() => Git.Git("status", "--porcelain").Length == 0 && !File.Exists(Product.At(".git/CHERRY_PICK_HEAD")) && !Directory.Exists(Product.At(".git/sequencer"));

    public void Dispose() => Product.Dispose();
}
