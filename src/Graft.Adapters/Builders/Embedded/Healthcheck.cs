using System.Globalization;
using System.Text.RegularExpressions;
using Graft.Core.Dockerfiles;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>HEALTHCHECK: <c>NONE</c>, or <c>CMD</c> with how often, how long and how many times.</summary>
internal static partial class Healthcheck
{
    private static readonly (string Flag, string Member)[] Times =
        [("interval", "Interval"), ("timeout", "Timeout"), ("start-period", "StartPeriod"), ("start-interval", "StartInterval")];

    /// <summary>Sets the check in a configuration.</summary>
    public static void Apply(Instruction instruction, ImageConfig config)
    {
        var kind = instruction.Arguments[0].ToUpperInvariant();
        if (kind == "NONE" && instruction.Arguments.Count == 1)
        {
            config.SetHealthcheck(["NONE"], []);
            return;
        }

        if (kind != "CMD" || instruction.Arguments.Count < 2)
        {
            throw instruction.Location.Error("HEALTHCHECK takes `NONE`, or `CMD` and a command");
        }

        var numbers = Times
            .Where(time => instruction.FindFlag(time.Flag) is not null)
            .Select(time => KeyValuePair.Create(time.Member, Nanoseconds(instruction.FindFlag(time.Flag)!, instruction)))
            .ToList();
        if (instruction.FindFlag("retries") is { } retries)
        {
            numbers.Add(KeyValuePair.Create("Retries", int.TryParse(retries, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? (long)count
                : throw instruction.Location.Error($"'{retries}' is not a number of retries")));
        }

        config.SetHealthcheck(instruction.Arguments.Skip(1).Prepend(instruction.IsJson ? "CMD" : "CMD-SHELL"), numbers);
    }

    // Durations are Go's: `1m30s`, `1.5h`, `500ms`.
    private static long Nanoseconds(string text, Instruction instruction)
    {
        var match = DurationGrammar().Match(text);
        if (!match.Success || text.Length == 0)
        {
            throw instruction.Location.Error($"'{text}' is not a duration", "a duration is `30s` or `1m30s`");
        }

        var total = 0m;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
        {
            var number = decimal.Parse(match.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture);
            total += number * match.Groups["unit"].Captures[i].Value switch
            {
                "h" => 3_600_000_000_000m,
                "m" => 60_000_000_000m,
                "s" => 1_000_000_000m,
                "ms" => 1_000_000m,
                "us" or "µs" => 1_000m,
                _ => 1m,
            };
        }

        return (long)total;
    }

    [GeneratedRegex(@"\A(?:(?<number>[0-9]{1,9}(?:\.[0-9]{1,9})?)(?<unit>h|ms|m|s|us|µs|ns)){1,6}\z|\A(?<number>0)(?<unit>)\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationGrammar();
}
