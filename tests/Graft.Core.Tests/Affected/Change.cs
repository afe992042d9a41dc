using Graft.Core.Affected;
using Graft.Testing;

namespace Graft.Core.Tests.Affected;

/// <summary>A product before a change; tests say what changes and ask who is affected.</summary>
internal sealed class Change(string before)
{
    public MemoryTree Before { get; } = MemoryTree.Parse(before);

    /// <summary>A product of one image <c>acme/api</c> in <c>src/api</c>, whose context is the folder, with this Dockerfile and these further files.</summary>
    public static Change OfOne(string dockerfile, string files = "", string rule = "") => new($"""
        graft.yaml = product: acme\nimages:\n  - dockerfiles: src/api/Dockerfile\n    name: acme/api\n{rule}
        src/api/Dockerfile = {dockerfile}
        src/api/a.txt = a
        src/api/b.txt = b
        src/api/sub/c.txt = c
        README.md = read
        {files}
        """);

    /// <summary>The report after these paths got new content (<c>PATH</c>), went (<c>-PATH</c>), became executable (<c>+PATH</c>), or became what a line of a tree says.</summary>
    public AffectedReport After(params string[] changes)
    {
        var head = Before;
        foreach (var change in changes)
        {
            head = change.Contains(' ', StringComparison.Ordinal) ? head.With([.. MemoryTree.Parse(change).Files.Select(file => (file.Key, (MemoryFile?)file.Value))])
                : change[0] == '-' ? head.With((change[1..], null))
                : change[0] == '+' ? head.With((change[1..], head.Files[change[1..]] with { Kind = FileKind.Executable }))
                : head.With((change, new MemoryFile(head.Files.GetValueOrDefault(change)?.Kind ?? FileKind.File, $"new {change}")));
        }

        return Before.FindAffected(head);
    }

    /// <summary>The names of the images that these changes affect, without <c>acme/</c>.</summary>
    public string Affects(params string[] changes) =>
        string.Join(' ', After(changes).Affected.Select(image => image.Source.Image.Text["acme/".Length..]));

    /// <summary>The one reason that these changes give for the one image, as <c>PATH -> DOCKERFILE[:LINE]: WHY</c>; empty when there is none.</summary>
    public string Reason(params string[] changes) => string.Join('\n', After(changes).Affected.SelectMany(image => image.Reasons).Select(Write));

    public static string Write(AffectedReason reason) =>
        $"{reason.Path} -> {reason.Dockerfile}{(reason.Line is { } line ? $":{line}" : "")}: {reason.Why}";
}
