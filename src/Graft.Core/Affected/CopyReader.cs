using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Core.Affected;

/// <summary>Reads which files of a context a COPY or ADD takes.</summary>
internal sealed class CopyReader(Instruction instruction, StageScope scope, List<ContextUse> uses)
{
    public void Read(Meaning from)
    {
        if (!from.IsFolder)
        {
            return;
        }

        var keepsParents = instruction.FindFlag("parents") is { } parents && parents != "false";
        // With `--parents` what an exclusion is relative to depends on the frontend's release: there, none is believed.
        var excludes = keepsParents ? null : Excludes();
        foreach (var word in instruction.Arguments.SkipLast(1).Where(word => instruction.FindHeredoc(word) is null))
        {
            var (path, unset) = scope.Expand(word);
            // Whatever a variable stands for, it does not change what stands before it.
            if (instruction.Keyword == "ADD" && IsRemote(unset is null ? path : word.Split('$')[0]))
            {
                continue;
            }

            if (unset is not null)
            {
                Add(from, null, null, $"'{unset}' has no value in '{word}', so {instruction.Keyword} may take anything");
            }
            else
            {
                Add(from, Parse(path, keepsParents), excludes, $"{instruction.Keyword} takes '{path}'{from.OfName}");
            }
        }
    }

    private void Add(Meaning from, SourcePath? source, IgnoreRules? excludes, string why) => uses.Add(new ContextUse(from.Folder, source, excludes, instruction.Location.Line, why));

    // `--parents` knows `**`: from there on, anything.
    private static SourcePath? Parse(string path, bool keepsParents)
    {
        var known = keepsParents ? string.Join('/', path.Split('/').TakeWhile(segment => !segment.Contains("**", StringComparison.Ordinal))) : path;
        return SourcePath.Parse(known) is { Segments.Count: > 0 } source ? source : null;
    }

    private IgnoreRules? Excludes()
    {
        var patterns = instruction.Flags.Where(flag => flag.Name == "exclude").Select(flag => scope.Expand(flag.Value ?? "")).ToList();
        if (patterns.Count == 0 || patterns.Any(pattern => pattern.Unset is not null))
        {
            return null;
        }

        try
        {
            return IgnoreRules.Parse(string.Join('\n', patterns.Select(pattern => pattern.Text)), instruction.Location.File);
        }
        catch (GraftException malformed) when (malformed.Kind == FailureKind.Input)
        {
            return null;
        }
    }

    private static bool IsRemote(string source) =>
        source.Contains("://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal);
}
