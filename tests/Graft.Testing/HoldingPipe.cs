namespace Graft.Testing;

/// <summary>A named pipe that a program reads from and so waits at, until it is let go: a long step without a clock.</summary>
public sealed class HoldingPipe : IDisposable
{
    private bool isLetGo;

    /// <summary>Makes it; the path must not be there yet.</summary>
    public HoldingPipe(string path)
    {
        Path = path;
        TemporaryRepository.Runner.RunAsync(new() { Program = "mkfifo", Arguments = [path] }, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Absolute path of the pipe.</summary>
    public string Path { get; }

    /// <summary>Lets the one that waits go on; there must be one.</summary>
    public void LetGo()
    {
        isLetGo = true;
        File.WriteAllText(Path, "go\n");
    }

    /// <summary>Lets whoever still waits go on, so that nothing outlives the test.</summary>
    public void Dispose()
    {
        if (!isLetGo)
        {
            // Opened for both, it opens whether or not anybody reads.
            using var pipe = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            pipe.WriteByte((byte)'\n');
        }
    }
}
