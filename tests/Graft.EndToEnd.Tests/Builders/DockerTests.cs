namespace Graft.EndToEnd.Tests.Builders;

/// <summary>With the BuildKit that is in docker's daemon.</summary>
public sealed class DockerTests(DockerDaemon daemon) : BuilderTests(daemon), IClassFixture<DockerDaemon>
{
    // What RUN writes has the hour of its writing; what is copied has the commit's.
    [SlowFact]
    public void Builds_the_same_again_from_copies()
    {
        var (first, second) = BuildTwice("acme/tool");

        Assert.Equal(first, second);
    }

    // The daemon stops a build whose client is gone.
    protected override Task StopStrayAsync() => Task.CompletedTask;
}
