using Graft.Adapters.Processes;

namespace Graft.Cli.Hotfixes;

/// <summary>A build's output: kept in the run's folder, and shown as it comes, without the secrets that a script may have printed.</summary>
internal sealed class BuildLog(string path, IProgress<string> progress) : IProgress<string>, IAsyncDisposable
{
    // Each line at once: what a build said last is what is asked for when it was killed.
    private readonly StreamWriter file = new(path, append: true) { AutoFlush = true };
    private readonly Lock writing = new();

    public void Report(string value)
    {
        var line = Redaction.Of(value);
        lock (writing)
        {
            file.WriteLine(line);
        }

        progress.Report(line);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
