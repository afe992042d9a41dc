using System.Globalization;
using System.Text.RegularExpressions;

namespace Graft.Testing;

/// <summary>
/// Feeds a reader spoilt copies of real inputs, for its share of the time that the variable GRAFT_FUZZ gives to all readers together (in seconds; 30 when
/// it is not set). Inputs that come out in a way not seen before are kept and spoilt further. The seed is printed; GRAFT_FUZZ_SEED sets it, and the same
/// inputs come again in the same order.
/// </summary>
public sealed partial class Fuzz(string name, IReadOnlyList<byte[]> corpus, IReadOnlyList<string> pieces)
{
    /// <summary>How many readers are fuzzed, in all suites: each has an equal share of the time.</summary>
    public const int Readers = 9;

    private const int MostKept = 2000;
    private static readonly TimeSpan All = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("GRAFT_FUZZ") ?? "30", CultureInfo.InvariantCulture));
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("GRAFT_FUZZ_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    private string outcome = "";

    /// <summary>How long it runs.</summary>
    public TimeSpan Time { get; init; } = All / Readers;

    /// <summary>How much of the processor's time an input may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs the check over as many inputs as fit. It throws when the reader misbehaves, and else says in a few words how the input came out. An input that
    /// fails, or does not come to an end, is an exception that holds it in a form that can be pasted into a test.
    /// </summary>
    public void Run(Func<byte[], string> check)
    {
        Console.WriteLine($"fuzzing {name} for {Time.TotalSeconds:0.#} s with seed {Seed}");
        var watch = new FuzzWatch(name, Patience);
        var count = watch.Run(Time, Inputs(), input => TryCheck(check, input));
        Console.WriteLine($"fuzzed {name} with {count} inputs");
    }

    // The next input is made only when the one before came out well: what it made of it decides which ones are kept.
    private IEnumerable<byte[]> Inputs()
    {
        var random = new Random(Seed);
        var mutation = new FuzzMutation(random, pieces);
        var kept = new List<byte[]>(corpus);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in corpus)
        {
            yield return input;
        }

        while (true)
        {
            var input = mutation.Mangle(kept[random.Next(kept.Count)], kept);
            yield return input;
            if (kept.Count < MostKept && input.Length < FuzzMutation.MostBytes / 4 && seen.Add(Outcome(outcome)))
            {
                kept.Add(input);
            }
        }
    }

    private void TryCheck(Func<byte[], string> check, byte[] input)
    {
        try
        {
            outcome = check(input);
        }
        catch (Exception failure)
        {
            var least = FuzzMutation.Shorten(input, shorter => FailsAlike(check, shorter, failure));
            throw new InvalidOperationException($"{name} is misread, seed {Seed}:\n{FuzzWatch.Literal(least)}\n{failure}", failure);
        }
    }

    private static bool FailsAlike(Func<byte[], string> check, byte[] input, Exception failure)
    {
        try
        {
            check(input);
            return false;
        }
        catch (Exception other)
        {
            return other.GetType() == failure.GetType() && Outcome(other.Message) == Outcome(failure.Message);
        }
    }

    // Places and the input's own words make every message new.
    private static string Outcome(string text) => Particular().Replace(text, "");

    [GeneratedRegex(@"'[^']*'|`[^`]*`|[0-9]+")]
    private static partial Regex Particular();
}
