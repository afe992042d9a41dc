using Graft.Core.Failures;

namespace Graft.Core.Dockerfiles;

/// <summary>The flags that BuildKit knows, those of its `labs` frontend too.</summary>
internal static class InstructionFlags
{
    private static readonly string[] Switches = ["link", "parents", "keep-git-dir", "unpack", "required"];

    // BuildKit collects the values of these; any other flag may stand once.
    private static readonly string[] Repeatable = ["mount", "exclude", "device"];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["ADD"] = ["chown", "chmod", "link", "exclude", "keep-git-dir", "checksum", "unpack"],
        ["COPY"] = ["from", "chown", "chmod", "link", "parents", "exclude"],
        ["FROM"] = ["platform"],
        ["HEALTHCHECK"] = ["interval", "timeout", "start-period", "start-interval", "retries"],
        ["RUN"] = ["mount", "network", "security", "device"],
    };

    /// <summary>Refuses what BuildKit refuses: an unknown flag, one that stands twice, one without its value, a switch that is neither true nor false.</summary>
    public static void Check(string keyword, IReadOnlyList<InstructionFlag> flags, SourceLocation location)
    {
        var known = Known.GetValueOrDefault(keyword, []);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in flags)
        {
            if (!known.Contains(name))
            {
                throw location.Error($"'{keyword}' has no flag '--{name}'", Nearest.To(name, known) is { } near ? $"did you mean `--{near}`?" : null);
            }

            if (!seen.Add(name) && !Repeatable.Contains(name))
            {
                throw location.Error($"the flag '--{name}' stands here a second time");
            }

            if (value is null && !Switches.Contains(name))
            {
                throw location.Error($"the flag '--{name}' has no value", $"write `--{name}=VALUE`");
            }

            if (value is not (null or "true" or "false") && Switches.Contains(name))
            {
                throw location.Error($"the flag '--{name}' is 'true' or 'false', not '{value}'");
            }
        }
    }
}
