using System.Net;
using System.Text;
using Graft.Adapters.Processes;

namespace Graft.Testing.Registries;

/// <summary>A real registry, the distribution project's <c>docker-registry</c>, on a free port of loopback with its content in a folder of its own.</summary>
public sealed class LocalRegistry : IDisposable
{
    private const string Program = "docker-registry";
    private readonly TemporaryFolder folder = new();
    private readonly RunningProgram program;
    private bool isStopped;

    /// <summary>Starts one: plain, with TLS by an authority, with a user and password (<c>USER:PASSWORD</c>), or with both.</summary>
    public LocalRegistry(TestAuthority? authority = null, string? login = null)
    {
        var configuration = new StringBuilder($$"""
            version: 0.1
            storage: { filesystem: { rootdirectory: "{{folder.At("data")}}" }, delete: { enabled: true } }
            http:
              addr: 127.0.0.1:0

            """);
        if (authority is not null)
        {
            var (certificate, key) = authority.Issue("registry.test", IPAddress.Loopback);
            configuration.Append("  tls: { certificate: \"").Append(folder.Write("server.crt", certificate)).Append("\", key: \"").Append(folder.Write("server.key", key)).Append("\" }\n");
        }

        if (login is not null)
        {
            configuration.Append("auth: { htpasswd: { realm: test, path: \"").Append(folder.Write("htpasswd", HashOf(login))).Append("\" } }\n");
        }

        const string start = "listening on 127.0.0.1:";
        program = new RunningProgram(Program, ["serve", folder.Write("config.yml", configuration.ToString())], folder.Path, new Dictionary<string, string?>());
        program.WaitForError(start);
        program.WaitForError(" go.version");
        var said = program.Error[(program.Error.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        Port = string.Concat(said.TakeWhile(char.IsAsciiDigit));
    }

    /// <summary>Whether the programs that it needs are installed.</summary>
    public static bool IsInstalled { get; } = new[] { Program, "htpasswd" }.All(program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))));

    /// <summary>What a test says that is skipped without them.</summary>
    public const string Missing = "docker-registry or htpasswd is not installed";

    /// <summary>The port.</summary>
    public string Port { get; }

    /// <summary>Its host with the port.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>Where it keeps a blob or manifest.</summary>
    public string BlobFile(string digest) => folder.At($"data/docker/registry/v2/blobs/sha256/{digest.Split(':')[1][..2]}/{digest.Split(':')[1]}/data");

    /// <summary>Takes a tag away, as somebody does who cleans up.</summary>
    public void RemoveTag(string repository, string tag) => Directory.Delete(folder.At($"data/docker/registry/v2/repositories/{repository}/_manifests/tags/{tag}"), recursive: true);

    /// <summary>Takes a manifest out of a repository, whatever tag or index points at it.</summary>
    public void RemoveManifest(string repository, string digest) =>
        Directory.Delete(folder.At($"data/docker/registry/v2/repositories/{repository}/_manifests/revisions/sha256/{digest.Split(':')[1]}"), recursive: true);

    /// <summary>Keeps a copy of all that it has.</summary>
    public void Keep() => FolderCopy.Copy(folder.At("data"), folder.At("kept"));

    /// <summary>Goes back to what was kept.</summary>
    public void Restore()
    {
        Directory.Delete(folder.At("data"), recursive: true);
        FolderCopy.Copy(folder.At("kept"), folder.At("data"));
    }

    /// <summary>The paths of all that it keeps on disk.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(folder.At("data")) ? [.. Directory.EnumerateFiles(folder.At("data"), "*", SearchOption.AllDirectories)] : [];

    /// <summary>Ends it: nobody listens at its port any more.</summary>
    public void Stop()
    {
        if (!isStopped)
        {
            isStopped = true;
            program.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        folder.Dispose();
    }

    // The registry takes bcrypt only; cost 4 is the least there is.
    private static string HashOf(string login)
    {
        var parts = login.Split(':', 2);
        var call = new ProgramCall { Program = "htpasswd", Arguments = ["-niB", "-C", "4", parts[0]], StandardInput = Encoding.UTF8.GetBytes(parts[1]) };
        var result = TemporaryRepository.Runner.RunAsync(call, CancellationToken.None).GetAwaiter().GetResult();
        return result.Succeeded ? result.Text : throw new InvalidOperationException(result.Error);
    }
}
