using System.Net;
using Graft.Core.Images;
using Graft.Testing.Registries;

namespace Graft.Testing.Faults;

/// <summary>
/// Runs a command against a real registry, breaks it when a certain request arrives there, and carries it on. Every request and whether it was
/// carried out is written down, so that it can be said what was stored how often.
/// </summary>
public sealed class PushTrials : IDisposable
{
    private readonly LocalRegistry registry = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly HostileRegistry door;
    private readonly Lock turn = new();
    private Trial trial = new();

    /// <summary>Starts the registry and the door that all requests go through.</summary>
    public PushTrials() => door = new HostileRegistry(Answer);

    /// <summary>The host with the port by which the program knows the registry.</summary>
    public string Host => door.Host;

    /// <summary>The registry behind the door.</summary>
    public LocalRegistry Registry => registry;

    /// <inheritdoc/>
    public void Dispose()
    {
        door.Dispose();
        client.Dispose();
        registry.Dispose();
    }

    /// <summary>How many requests an unbroken run sends, and how the world and the registry look at its end.</summary>
    public UnbrokenPush Measure(SampleProduct template, InterruptedCommand command)
    {
        registry.Keep();
        using var folder = new TrialFolder(template);
        trial = new Trial();
        folder.Graft.Run(command.Line).Succeeded();
        var unbroken = new UnbrokenPush(trial.Arrived, WorldSnapshot.Of(folder.Path), trial.Stored);
        registry.Restore();
        return unbroken;
    }

    /// <summary>Breaks one run at one request, carries it on, and says what is not as it should be.</summary>
    public IReadOnlyList<string> Try(SampleProduct template, InterruptedCommand command, UnbrokenPush unbroken, PushFault fault)
    {
        using var folder = new TrialFolder(template);
        trial = new Trial { Fault = fault };
        using (var running = folder.Graft.Start(command.Line))
        {
            trial.Running.SetResult(running);
            running.WaitForExit();
        }

        LeftBehind.WaitForAll(folder.Path);
        trial.Fault = null;
        var carriedOn = folder.Graft.Run(command.CarryOn(folder.Product));
        string[] failure = carriedOn.ExitCode == 0 ? [] : [$"it was not carried on: {carriedOn}"];
        IReadOnlyList<string> problems = [.. failure, .. trial.StoredTwice, .. unbroken.World.DifferencesOf(WorldSnapshot.Of(folder.Path)), .. unbroken.DifferencesOf(trial.Stored)];
        registry.Restore();
        return [.. problems.Select(problem => $"{fault}: {problem}")];
    }

    private WireReply Answer(WireRequest request)
    {
        var current = trial;
        bool isStruck;
        lock (turn)
        {
            isStruck = current.Arrived++ == current.Fault?.Request;
        }

        if (!isStruck)
        {
            return Forward(request, current);
        }

        if (current.Fault!.Kind != FaultKind.KilledBefore)
        {
            Forward(request, current);
        }

        if (current.Fault.Kind != FaultKind.AnswerLost)
        {
            current.Running.Task.GetAwaiter().GetResult().Signal("KILL");
        }

        return WireReply.Nothing;
    }

    private WireReply Forward(WireRequest request, Trial current)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), $"http://{registry.Host}{request.Target}") { Content = new ByteArrayContent(request.Body) };
        // Where an upload goes on is said with the host that was asked.
        message.Headers.Host = door.Host;
        foreach (var (name, value) in request.Headers.Where(header => header.Key is not ("host" or "connection" or "expect" or "content-length")))
        {
            _ = message.Headers.TryAddWithoutValidation(name, value) || message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var reply = client.Send(message);
        using var body = new MemoryStream();
        reply.Content.ReadAsStream().CopyTo(body);
        if (request.Method == "PUT" && reply.StatusCode == HttpStatusCode.Created)
        {
            lock (turn)
            {
                // A blob's digest is in its name.
                current.Stored.Add((NameOf(request), request.Path.Contains("/manifests/", StringComparison.Ordinal) ? Digest.Of(request.Body).ToString() : ""));
            }
        }

        var headers = reply.Headers.Concat(reply.Content.Headers).Where(header => header.Key is not ("Connection" or "Transfer-Encoding") && (header.Key != "Content-Length" || request.Method == "HEAD"));
        return new WireReply((int)reply.StatusCode, [.. headers.SelectMany(header => header.Value.Select(value => (header.Key, value)))]) { Body = body.ToArray() };
    }

    // An upload's address is another each time; what it stores is the digest.
    private static string NameOf(WireRequest request) =>
        request.Path.Contains("/blobs/uploads/", StringComparison.Ordinal)
            ? $"{request.Path[..request.Path.IndexOf("/uploads/", StringComparison.Ordinal)]}/{request.Query[(request.Query.IndexOf("digest=", StringComparison.Ordinal) + 7)..]}"
            : request.Path;

    private sealed class Trial
    {
        public int Arrived { get; set; }

        public PushFault? Fault { get; set; }

        public TaskCompletionSource<RunningProgram> Running { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<(string Name, string Digest)> Stored { get; } = [];

        public IEnumerable<string> StoredTwice => Stored.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"'{group.Key}' was stored {group.Count()} times, with {group.Select(one => one.Digest).Distinct().Count()} digests");
    }
}

/// <summary>What happens when a request arrives, counted from 0.</summary>
public sealed record PushFault(int Request, FaultKind Kind);

/// <summary>How a push goes that nothing breaks: the number of its requests, and what there is at its end.</summary>
public sealed record UnbrokenPush(int Requests, WorldSnapshot World, IReadOnlyList<(string Name, string Digest)> Stored)
{
    /// <summary>Which manifests another registry has that this one has not, or lacks. A layer can come by mounting as well.</summary>
    public IEnumerable<string> DifferencesOf(IReadOnlyList<(string Name, string Digest)> stored) =>
        Manifests(Stored).Except(Manifests(stored)).Select(one => $"'{one.Name}' was not stored")
            .Concat(Manifests(stored).Except(Manifests(Stored)).Select(one => $"'{one.Name}' was stored with '{one.Digest}'"));

    private static IEnumerable<(string Name, string Digest)> Manifests(IEnumerable<(string Name, string Digest)> stored) => stored.Where(one => one.Digest.Length > 0);
}
