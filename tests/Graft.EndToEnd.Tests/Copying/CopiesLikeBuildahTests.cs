using System.Collections.Concurrent;
using System.Globalization;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// Random contexts, ignore files and COPY lines, built by buildah and by the embedded builder: the files in the image are the same.
/// <c>GRAFT_SEED=N</c> makes others, or <c>GRAFT_SEED=N GRAFT_CASES=1</c> one again.
/// </summary>
public sealed class CopiesLikeBuildahTests(ITestOutputHelper output)
{
    private const int Workers = 2;
    private const string Built = "built the same";
    private const string Refused = "refused by both";

    private static int Seed => Number("GRAFT_SEED") ?? 20_251_123;

    private static int Cases => Number("GRAFT_CASES") ?? (Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 } ? 500 : 100);

    [Fact]
    public async Task Random_contexts_give_the_same_files()
    {
        output.WriteLine($"GRAFT_SEED={Seed} GRAFT_CASES={Cases}");
        await Reference.NeedAsync();
        var todo = new ConcurrentQueue<int>(Enumerable.Range(Seed, Cases));
        var differences = new ConcurrentBag<string>();
        var results = new ConcurrentBag<string>();
        var (further, cases) = (Seed + Cases, 0);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            // One store for some builds: a new one costs time, and so does a full one.
            while (!todo.IsEmpty)
            {
                using var store = Reference.Open();
                for (var i = 0; i < 40 && todo.TryDequeue(out var seed); i++)
                {
                    var found = await CompareAsync(store, seed, differences);
                    if (Interlocked.Increment(ref cases) is var done && done % 50 == 0)
                    {
                        output.WriteLine($"{done} contexts built");
                    }

                    foreach (var result in found)
                    {
                        results.Add(result);
                    }

                    if (found[^1] is not (Built or Refused))
                    {
                        // A case in which the two are known to differ is not one of those that were asked for.
                        todo.Enqueue(Interlocked.Increment(ref further));
                    }
                }
            }
        })));

        var counts = results.CountBy(result => result).ToDictionary();
        output.WriteLine(string.Join('\n', counts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}")));
        Assert.True(differences.IsEmpty, $"{differences.Count} of {Cases} differ:\n\n{string.Join("\n\n", differences.Order(StringComparer.Ordinal).Take(Number("GRAFT_SHOW") ?? 3))}");
        // A generator that makes nothing but refusals, or nothing but what is known, would show nothing.
        Assert.True(counts[Built] >= Cases * 6 / 10);
        Assert.True(cases <= Cases * 14 / 10 + 5);
    }

    // A line on which the two are known to differ is dropped, and the rest compared.
    private static async Task<IReadOnlyList<string>> CompareAsync(IReferenceBuilder reference, int seed, ConcurrentBag<string> differences)
    {
        using var bench = new ImageWorkbench();
        var context = RandomContext.Make(seed);
        context.WriteTo(bench);
        var known = new List<string>();
        while (context.Instructions.Exists(IsCopy))
        {
            var ours = await OursAsync(bench, context);
            // Most lines that cannot be built are dropped, or they would hide the others.
            if (ours.Line is { } refused && seed % 4 != 0 && IsCopy(context.Instructions[refused - 1]))
            {
                context.Drop(refused, bench);
                continue;
            }

            var comparison = new Comparison(context, bench, ours, await reference.BuildAsync(bench.Checkout, context.Dockerfile, context.Context));
            if (comparison.IsSame)
            {
                return [.. known, ours.Files is null ? Refused : Built];
            }

            if (await reference.FindKnownLineAsync(comparison) is var (line, why) && IsCopy(context.Instructions[line - 1]))
            {
                known.Add(why);
                context.Drop(line, bench);
                continue;
            }

            if (reference.FindKnownFiles(comparison) is { } files)
            {
                return [.. known, files];
            }

            differences.Add($"GRAFT_SEED={seed}\n{comparison}");
            return [.. known, "different"];
        }

        return [.. known, "nothing left to compare"];
    }

    private static bool IsCopy(string instruction) => instruction.Split(' ')[0] is "COPY" or "ADD";

    private static async Task<ReferenceResult> OursAsync(ImageWorkbench bench, RandomContext context)
    {
        try
        {
            var image = await bench.BuildAsync(source => source with { Dockerfile = context.Dockerfile, Context = context.Context });
            return new ReferenceResult(ExportedFiles.Flatten((await ImageWorkbench.LayersAsync(image)).SelectMany(layer => layer)), null, null);
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input)
        {
            return new ReferenceResult(null, refused.Message, LineOf(refused.Message, context.Dockerfile));
        }
    }

    private static int? LineOf(string message, string file) =>
        message.StartsWith(file + ":", StringComparison.Ordinal) && message.Split(':') is [_, var line, ..] && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
