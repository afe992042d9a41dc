using System.Text;
using Graft.Testing;

namespace Graft.Core.Tests;

/// <summary>The fuzzing itself: what goes wrong is seen, and said so that it can be repeated.</summary>
public sealed class FuzzEngineTests
{
    private static readonly byte[][] Corpus = ["some text"u8.ToArray()];

    [Fact]
    public void An_input_that_fails_is_shortened_to_what_makes_it_fail()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new Fuzz("letters", Corpus, ["\"", "é"]) { Time = TimeSpan.FromMinutes(1) }.Run(
            bytes => Encoding.UTF8.GetString(bytes).Contains('"', StringComparison.Ordinal) ? throw new FormatException("a quote") : "fine"));

        Assert.Contains("letters is misread, seed ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\n\"\\\"\"u8\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a quote", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_does_not_come_to_an_end_is_given_up()
    {
        var isOver = false;
        try
        {
            var fuzz = new Fuzz("loops", Corpus, ["x"]) { Time = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromMilliseconds(100) };
            var failure = Assert.Throws<TimeoutException>(() => fuzz.Run(_ =>
            {
                while (!Volatile.Read(ref isOver))
                {
                }

                return "";
            }));

            Assert.Contains("loops: this input does not come to an end:\n\"some text\"u8", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            Volatile.Write(ref isOver, true);
        }
    }
}
