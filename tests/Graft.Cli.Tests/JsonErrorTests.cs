using System.Text.Json;
using Graft.Testing;

namespace Graft.Cli.Tests;

/// <summary><c>--json</c> promises one document on standard output and nothing else there, whatever happens.</summary>
public sealed class JsonErrorTests
{
    [Theory]
    [InlineData("hotfix generate --json --typo", 2, "usage")]
    [InlineData("hotfix generate --json --release 3.2.202511230446", 2, "usage")]
    [InlineData("release show 3.2.209901010000 --json", 4, "input")]
    [InlineData("hotfix generate --json --release 3.2.202511230446 --set bitnami/redis=7.2.5", 3, "guard")]
    public void A_failure_is_one_document(string line, int code, string kind)
    {
        using var product = new SampleProduct();

        var result = product.Run(line);

        var error = result.Json().GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal(kind, error.GetProperty("kind").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.String, error.GetProperty("hint").ValueKind);
        Assert.Equal(code, result.ExitCode);
        Assert.EndsWith("}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_guards_found_is_in_it()
    {
        using var product = new SampleProduct();

        var guards = product.Run($"hotfix generate --json --release {SampleProduct.Release} --set bitnami/redis=7.2.5 --allow affected-not-built").Json().GetProperty("guards");

        var refusal = guards.EnumerateArray().First(guard => guard.GetProperty("severity").GetString() == "error" && !guard.GetProperty("allowed").GetBoolean());
        Assert.Equal("unchecked-image", refusal.GetProperty("guard").GetString());
        Assert.Equal("error", refusal.GetProperty("severity").GetString());
        Assert.False(refusal.GetProperty("allowed").GetBoolean());
        Assert.StartsWith("'bitnami/redis:7.2.5' was not checked", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Talk_stays_on_standard_error()
    {
        using var product = new SampleProduct();

        var result = product.Run($"hotfix generate --json --release {SampleProduct.Release} --set bitnami/redis=7.2.5 --allow affected-not-built --offline").Succeeded();

        Assert.Equal(SampleProduct.Release, result.Json().GetProperty("base").GetString());
        Assert.Contains($"hotfix {result.Json().GetProperty("release")} of {SampleProduct.Release}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("release list --json")]
    [InlineData("release show nowhere --json")]
    public void A_document_that_cannot_be_written_is_told_of_in_words(string line)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        using var product = new SampleProduct();

        using var shell = new RunningProgram("/bin/sh", ["-c", $"exec \"$0\" {line} > /dev/full", SourceTree.Program], product.Root, product.Graft.Environment());
        var result = shell.WaitForExit();

        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_says_so_and_has_no_draft()
    {
        using var product = new SampleProduct();

        var document = product.Run($"hotfix generate --json --dry-run --release {SampleProduct.Release} --set bitnami/redis=7.2.5 --allow affected-not-built --offline").Succeeded().Json();

        Assert.True(document.GetProperty("dryRun").GetBoolean());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("draft").ValueKind);
        Assert.Single(product.Releases);
        Assert.False(Directory.Exists(product.At(".graft")));
    }
}
