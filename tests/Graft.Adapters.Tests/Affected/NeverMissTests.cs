using System.Globalization;
using Graft.Core.Failures;

namespace Graft.Adapters.Tests.Affected;

public sealed class NeverMissTests(ITestOutputHelper output)
{
    private const int PerProduct = 20;
    private static readonly int Mutations = Environment.GetEnvironmentVariable("GRAFT_SLOW") is { Length: > 0 } ? 1200 : 60;

    [Fact]
    public async Task Names_every_image_whose_content_changed_and_few_others()
    {
        var (named, changed, mutations) = (0, 0, 0);
        for (var seed = 1; mutations < Mutations; seed++)
        {
            output.WriteLine($"product {seed}: {mutations} of {Mutations} mutations done");
            var product = new RandomProduct(seed);
            using var build = new ProductBuild();
            var before = await build.BuildAsync(product.Tree);
            Assert.Equal(30, before.Count);
            Assert.True(before.Values.Count(outcome => outcome.StartsWith("sha256:", StringComparison.Ordinal)) >= 25, string.Join(", ", before));
            for (var mutation = 0; mutation < PerProduct; mutation++)
            {
                var (tree, what) = product.Mutate();
                HashSet<string> affected;
                try
                {
                    affected = [.. product.Tree.FindAffected(tree).Affected.Select(image => image.Source.Image.Text)];
                }
                catch (GraftException refused) when (refused.Kind == FailureKind.Input)
                {
                    // graft.yaml no longer fits the tree, so nothing can be built either.
                    continue;
                }

                var after = await build.BuildAsync(tree);
                // A build that fails before and after has no content to compare.
                var altered = after.Where(image => before.TryGetValue(image.Key, out var then) ? then != image.Value : !image.Value.Contains(' ', StringComparison.Ordinal)).Select(image => image.Key).ToList();
                var missed = altered.Where(image => !affected.Contains(image)).ToList();
                Assert.True(missed.Count == 0, $"seed {seed}, {what}: {string.Join(", ", missed.Select(image => $"{image} ({before.GetValueOrDefault(image)} -> {after[image]})"))} not named");
                named += affected.Count;
                changed += altered.Count;
                mutations++;
            }
        }

        var precision = (double)changed / named;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mutations} mutations, {changed} images changed, {named} named, {named - changed} of them did not change: precision {precision:F3}, no miss"));
        Assert.True(precision > 0.9, $"precision {precision:F3}");
    }
}
