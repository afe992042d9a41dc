using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>What a server that misbehaves does with a connection.</summary>
internal enum Misbehaviour
{
    /// <summary>Takes it and never says anything.</summary>
    Silence,

    /// <summary>Takes it and ends it at once.</summary>
    HangUp,

    /// <summary>Ends it in the middle of an answer.</summary>
    HalfAnswer,

    /// <summary>Wants a password.</summary>
    Login,
}

/// <summary>A server on a port of this machine that takes connections and does no more good than that.</summary>
internal sealed class BadServer : IDisposable
{
    private const string Unauthorized = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> connections = [];
    private readonly Misbehaviour misbehaviour;

    public BadServer(Misbehaviour misbehaviour)
    {
        this.misbehaviour = misbehaviour;
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary><c>HOST:PORT</c>.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        listener.Dispose();
        connections.ForEach(connection => connection.Dispose());
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptSocketAsync();
                connections.Add(connection);
                await AnswerAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        if (misbehaviour is Misbehaviour.HalfAnswer or Misbehaviour.Login)
        {
            await connection.ReceiveAsync(new byte[16 * 1024]);
            await connection.SendAsync(Encoding.ASCII.GetBytes(misbehaviour == Misbehaviour.Login ? Unauthorized : "00a5"));
        }

        if (misbehaviour != Misbehaviour.Silence)
        {
            connection.Close();
        }
    }
}
