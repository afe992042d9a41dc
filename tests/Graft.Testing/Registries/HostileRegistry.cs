using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Graft.Testing.Registries;

/// <summary>A server on loopback that answers each request as a test says, down to replies that are cut off. Every connection carries one request.</summary>
public sealed class HostileRegistry : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Func<WireRequest, WireReply> answer;
    private readonly ConcurrentQueue<WireRequest> requests = new();
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts it on a free port.</summary>
    public HostileRegistry(Func<WireRequest, WireReply> answer)
    {
        this.answer = answer;
        listener.Start();
        Host = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    /// <summary>The authority by which it has a certificate; without one it speaks no TLS.</summary>
    public TestAuthority? Authority { get; init; }

    /// <summary>The authority by which it stands in, as a proxy, for every host that is asked for with TLS; without one it answers <c>CONNECT</c> as any request.</summary>
    public TestAuthority? StandsInBy { get; init; }

    /// <summary>Its host with the port.</summary>
    public string Host { get; }

    /// <summary>Asked for what comes before a body that waits to be asked for (<c>Expect: 100-continue</c>); null lets it come.</summary>
    public Func<WireRequest, WireReply?> Refuses { get; init; } = _ => null;

    /// <summary>The requests so far, but for the look at whether somebody is there.</summary>
    public IReadOnlyList<WireRequest> Requests => [.. requests.Where(request => request.Target != "/v2/")];

    /// <summary>Completes when a reply hangs.</summary>
    public Task Hanging => hanging.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = Authority is null ? client.GetStream() : await SecureAsync(client.GetStream(), Authority, "registry.test");
            if (await ReadHeadAsync(stream) is { } request)
            {
                await ServeAsync(stream, request);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side has had enough.
        }
    }

    private async Task ServeAsync(Stream stream, WireRequest request)
    {
        if (request.Method == "CONNECT" && StandsInBy is not null)
        {
            requests.Enqueue(request);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), end.Token);
            await using var inner = await SecureAsync(stream, StandsInBy, request.Target.Split(':')[0]);
            if (await ReadHeadAsync(inner) is { } asked)
            {
                await ServeAsync(inner, asked);
            }

            return;
        }

        var reply = request.Headers.ContainsKey("expect") ? Refuses(request) : null;
        if (reply is null)
        {
            request = request with { Body = await ReadBodyAsync(stream, request) };
            requests.Enqueue(request);
            reply = answer(request);
        }
        else
        {
            requests.Enqueue(request);
        }

        if (reply != WireReply.Nothing)
        {
            await WriteAsync(stream, request, reply);
        }
    }

    private async Task<Stream> SecureAsync(Stream inner, TestAuthority authority, string name)
    {
        var (certificate, key) = authority.Issue(name, IPAddress.Loopback);
        using var pair = X509Certificate2.CreateFromPem(certificate, key);
        var stream = new SslStream(inner);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = pair }, end.Token);
        return stream;
    }

    private async Task<WireRequest?> ReadHeadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n'))
        {
            // No letter begins it: somebody tries to speak TLS.
            if (await stream.ReadAsync(one, end.Token) == 0 || (head.Count == 0 && !char.IsAsciiLetter((char)one[0])))
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(parts => parts[0].ToLowerInvariant(), parts => parts[1].Trim(), StringComparer.Ordinal);
        return new WireRequest(first[0], first[1], headers, []);
    }

    private async Task<byte[]> ReadBodyAsync(Stream stream, WireRequest request)
    {
        if (request.Headers.ContainsKey("expect"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), end.Token);
        }

        var body = new byte[int.Parse(request.Headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, end.Token);
        return body;
    }

    private async Task WriteAsync(Stream stream, WireRequest request, WireReply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Status\r\nConnection: close\r\n");
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (!reply.Headers.Any(header => header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Announced ?? reply.Body.Length}\r\n");
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), end.Token);
        if (request.Method != "HEAD")
        {
            await stream.WriteAsync(reply.Body, end.Token);
        }

        if (reply.Hangs)
        {
            hanging.TrySetResult();
            var over = new TaskCompletionSource();
            await using var registration = end.Token.Register(over.SetResult);
            await over.Task;
        }
    }
}
