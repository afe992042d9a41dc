using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Graft.Core.Failures;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Copying;

/// <summary>
/// Random contexts, ignore files and COPY lines, built by buildah and by the embedded builder: the files in the image are the same.
/// <c>GRAFT_SEED=N</c> makes others, or <c>GRAFT_SEED=N GRAFT_CASES=1</c> one again.
/// </summary>
public sealed partial class CopiesLikeBuildahTests(ITestOutputHelper output)
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
        await Tool.RunAsync("buildah", "--version");
        var todo = new ConcurrentQueue<int>(Enumerable.Range(Seed, Cases));
        var differences = new ConcurrentBag<string>();
        var results = new ConcurrentBag<string>();
        var further = Seed + Cases;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            // One store for some builds: a new one costs time, and so does a full one.
            while (!todo.IsEmpty)
            {
                using var store = new BuildahStore();
                for (var i = 0; i < 40 && todo.TryDequeue(out var seed); i++)
                {
                    var result = await CompareAsync(store, seed, differences);
                    results.Add(result);
                    if (result is not (Built or Refused))
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
        Assert.True(results.Count <= Cases * 14 / 10 + 5);
    }

    private static async Task<string> CompareAsync(BuildahStore store, int seed, ConcurrentBag<string> differences)
    {
        using var bench = new ImageWorkbench();
        var context = RandomContext.Make(seed);
        context.WriteTo(bench);
        var (ours, refusal) = await OursAsync(bench, context);
        // Most lines that cannot be built are dropped, or they would hide the others.
        while (refusal is not null && seed % 4 != 0 && LineOf(refusal, context.Dockerfile) is { } line && context.Instructions[line - 1].Split(' ')[0] is "COPY" or "ADD")
        {
            context.Drop(line, bench);
            (ours, refusal) = await OursAsync(bench, context);
        }

        var theirs = await store.BuildAsync(bench.Checkout, context.Dockerfile, context.IgnoreFile, context.Context);
        if (ours is null ? theirs.Files is null : theirs.Files is not null && ours.SequenceEqual(theirs.Files))
        {
            return ours is null ? Refused : Built;
        }

        if ((ours is not null && theirs.Error is not null && await AgreesThatNothingMatchesAsync(bench, context, theirs.Error) ? "a wildcard that matches nothing"
            : refusal?.Contains("sources cannot be copied to", StringComparison.Ordinal) == true && theirs.Files is not null ? "several files to one name" : context.KnownDifference) is { } known)
        {
            return known;
        }

        differences.Add($"GRAFT_SEED={seed}\n{context}--- we: {refusal ?? "built it"}\n--- they: {theirs.Error ?? "built it"}\n--- only we have\n{string.Join('\n', (ours ?? []).Except(theirs.Files ?? []))}\n--- only they have\n{string.Join('\n', (theirs.Files ?? []).Except(ours ?? []))}");
        return "different";
    }

    /// <summary>Whether buildah complains of a wildcard that matches nothing in the context, and nothing matches it for us either.</summary>
    private static async Task<bool> AgreesThatNothingMatchesAsync(ImageWorkbench bench, RandomContext context, string error)
    {
        if (EmptyGlob().Match(error) is not { Success: true } match)
        {
            return false;
        }

        var folder = Path.Combine(bench.Checkout, context.Context);
        var glob = match.Groups["path"].Value.Replace(Path.GetFullPath(folder), "", StringComparison.Ordinal);
        var fromStage = error.Contains("COPY --from", StringComparison.Ordinal);
        var above = fromStage ? context.Instructions.TakeWhile(instruction => instruction != "FROM scratch") : [];
        bench.Write(context.Dockerfile, $"{string.Join('\n', above)}\nFROM scratch\nCOPY {(fromStage ? "--from=first " : "")}[\"{glob}\", \"/x/\"]\n");
        var image = await bench.BuildAsync(source => source with { Dockerfile = context.Dockerfile, Context = context.Context });
        return (await ImageWorkbench.LayersAsync(image)).All(layer => layer.Count == 0);
    }

    private static async Task<(IReadOnlyList<string>? Files, string? Error)> OursAsync(ImageWorkbench bench, RandomContext context)
    {
        try
        {
            var image = await bench.BuildAsync(source => source with { Dockerfile = context.Dockerfile, Context = context.Context });
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in (await ImageWorkbench.LayersAsync(image)).SelectMany(layer => layer))
            {
                // MODE USER:GROUP PATH[ -> TARGET][ = CONTENT], and no name here has an arrow or an equals sign in it.
                var parts = entry.Split(' ', 3);
                var end = parts[2].AsSpan().IndexOfAny('=', '>');
                var path = end < 0 ? parts[2].TrimEnd('/') : parts[2][..end];
                files[path] = $"{parts[0]} {(end < 0 ? path : parts[2].TrimEnd())}";
            }

            return ([.. files.Values.Order(StringComparer.Ordinal)], null);
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input)
        {
            return (null, refused.Message);
        }
    }

    private static int? LineOf(string message, string file) =>
        message.StartsWith(file + ":", StringComparison.Ordinal) && message.Split(':') is [_, var line, ..] && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("(no items matching glob |stat: \\[)\"([^\"]*/vfs/dir/[0-9a-f]+)?(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyGlob();
}
