using System.Text;
using System.Text.Json;

namespace Graft.Testing;

/// <summary>
/// A run with everything that it did to the world: both outputs, git's graph, the files that differ, what is on the publisher, and the
/// references in the image layout.
/// </summary>
public sealed class WholeRun(SampleProduct product)
{
    private readonly StringBuilder story = new();

    /// <summary>Runs a command line and takes down what came of it.</summary>
    public GraftResult Run(params IReadOnlyList<string> arguments) => Run(product.Graft, arguments);

    /// <summary>As above, in another folder or environment.</summary>
    public GraftResult Run(GraftRun graft, params IReadOnlyList<string> arguments) => TakeDown(arguments, () => graft.Run(arguments));

    /// <summary>Runs it on a terminal, where nobody types; control characters are shown.</summary>
    public GraftResult RunOnTerminal(params IReadOnlyList<string> arguments) => TakeDown(["(on a terminal)", .. arguments], () =>
    {
        using var terminal = product.Graft.StartOnTerminal(arguments);
        var result = terminal.WaitForExit();
        return result with { Output = result.Output.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\u001b', '␛') };
    });

    /// <summary>Compares everything taken down so far with the golden of that name.</summary>
    public void Check(string name) => Golden.Check($"tests/Graft.Cli.Tests/Goldens/{name}.golden", story.ToString());

    private GraftResult TakeDown(IReadOnlyList<string> arguments, Func<GraftResult> run)
    {
        using var folder = new TemporaryFolder();
        Copy(product.Root, folder.At("before"));
        var graph = Graph();
        var (published, tags) = (Published(), LayoutTags());

        var result = run();

        story.Append("$ graft ").AppendJoin(' ', arguments).Append("\nexit ").Append(result.ExitCode).Append('\n');
        Section("stdout", result.Output);
        Section("stderr", result.Error);
        Copy(product.Root, folder.At("after"));
        Section("files", TextDifference.Between(folder.Path, "before", "after"));
        SectionIfChanged("git", graph, Graph());
        SectionIfChanged("published", published, Published());
        SectionIfChanged("layout", tags, LayoutTags());
        story.Append('\n');
        return result;
    }

    private void Section(string title, string text)
    {
        if (text.Length > 0)
        {
            story.Append("--- ").Append(title).Append('\n').Append(text).Append(text.EndsWith('\n') ? "" : "\n(no line end)\n");
        }
    }

    private void SectionIfChanged(string title, string before, string after) =>
        Section(title, after == before ? "" : after.Length == 0 ? "(nothing)\n" : after);

    private string Graph() =>
        product.Repository.Git("log", "--graph", "--all", "--format=%h%d %s", "--abbrev=8")
        + "\norigin: " + string.Join(' ', product.Repository.GitIn(product.Repository.Remote, "for-each-ref", "--format=%(refname:short)").Split('\n')) + "\n";

    private string Published() => ListFiles(".graft/published");

    private string ListFiles(string path) =>
        Directory.Exists(product.At(path))
            ? string.Concat(Directory.EnumerateFiles(product.At(path), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(product.Root, file))
                .Order(StringComparer.Ordinal)
                .Select(file => file + (file.EndsWith("release.json", StringComparison.Ordinal) ? Draft(file) : "") + "\n"))
            : "";

    private string Draft(string file)
    {
        using var document = JsonDocument.Parse(product.Read(file));
        return document.RootElement.GetProperty("draft").GetBoolean() ? " (draft)" : " (published)";
    }

    private string LayoutTags() => string.Concat(product.ImageTags.Select(tag => tag + "\n"));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var inner in Directory.EnumerateDirectories(from).Where(inner => Path.GetFileName(inner) is not (".git" or ".graft")))
        {
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
        }
    }
}
