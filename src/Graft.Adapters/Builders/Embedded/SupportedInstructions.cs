using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>Refuses, before anything is built, what the embedded builder does not carry out.</summary>
internal static class SupportedInstructions
{
    private static readonly Dictionary<string, string[]> Flags = new()
    {
        ["ADD"] = ["chown", "chmod", "link"],
        ["ARG"] = [],
        ["CMD"] = [],
        ["COPY"] = ["from", "chown", "chmod", "link"],
        ["ENTRYPOINT"] = [],
        ["ENV"] = [],
        ["EXPOSE"] = [],
        ["FROM"] = ["platform"],
        ["HEALTHCHECK"] = ["interval", "timeout", "start-period", "start-interval", "retries"],
        ["LABEL"] = [],
        ["MAINTAINER"] = [],
        ["SHELL"] = [],
        ["STOPSIGNAL"] = [],
        ["USER"] = [],
        ["VOLUME"] = [],
        ["WORKDIR"] = [],
    };

    /// <summary>Looks at every stage that is needed; the first instruction or flag that is not carried out is an input failure with its place.</summary>
    public static void Check(StageGraph graph)
    {
        foreach (var instruction in graph.Stages.SelectMany(stage => stage.Stage.Instructions.Prepend(stage.Stage.From)))
        {
            if (!Flags.TryGetValue(instruction.Keyword, out var known))
            {
                throw Refuse(instruction, $"'{instruction.Keyword}'");
            }

            if (instruction.Flags.FirstOrDefault(flag => !known.Contains(flag.Name)) is { } flag)
            {
                throw Refuse(instruction, $"'{instruction.Keyword} --{flag.Name}'");
            }
        }
    }

    /// <summary>The failure for something that another builder would carry out.</summary>
    public static GraftException Refuse(Instruction instruction, string what) =>
        instruction.Location.Error($"{what} is not carried out by the embedded builder", EmbeddedBuilder.Others);
}
