using Graft.Core.Dockerfiles;
using Graft.Core.Failures;

namespace Graft.Core.Tests.Dockerfiles;

/// <summary>Dockerfiles that are easily misread, each with what BuildKit reads.</summary>
public sealed class TrickyDockerfileTests
{
    public static TheoryData<string> Names => [.. TrickyCase.All.Select(tricky => tricky.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_read_as_buildkit_reads_it(string name)
    {
        var tricky = TrickyCase.All.Single(tricky => tricky.Name == name);

        Assert.Equal(tricky.Reading, Read(tricky));
    }

    [Fact]
    public void There_are_a_hundred_of_them() => Assert.True(TrickyCase.All.Count >= 100);

    private static string Read(TrickyCase tricky)
    {
        try
        {
            return Reading.Of(Dockerfile.Parse(tricky.Text, "D"), tricky.Request);
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Input && refused.Message.StartsWith("D:", StringComparison.Ordinal))
        {
            // D:LINE:COLUMN: MESSAGE
            var end = refused.Message.IndexOf(": ", StringComparison.Ordinal);
            return $"error: {refused.Message[2..end]} {refused.Message[(end + 2)..]}";
        }
    }
}
