using ArchUnitNET.Loader;
using Architecture = ArchUnitNET.Domain.Architecture;
using Assembly = System.Reflection.Assembly;

namespace Graft.House.Tests;

/// <summary>Who knows whom: Cli knows Adapters knows Core and nothing back; adapters do not know each other, nor do commands.</summary>
public sealed class RoomTests
{
    private const string Core = "Graft.Core";
    private const string Adapters = "Graft.Adapters";
    private const string Cli = "Graft.Cli";
    private const string Commands = Cli + ".Commands";

    private static readonly string[] CoreKnows = [Core, "System", "Microsoft", "YamlDotNet"];
    private static readonly string[] Ground = ["Processes", "Http", "Files"];

    private static readonly Architecture Rooms = new ArchLoader()
        .LoadAssemblies(Assembly.Load(Core), Assembly.Load(Adapters), Assembly.Load("graft"))
        .Build();

    [Fact]
    public void Every_room_was_looked_into()
    {
        var namespaces = Rooms.Types.Select(type => type.Namespace.FullName).ToHashSet(StringComparer.Ordinal);

        Assert.Contains($"{Core}.Hotfixes", namespaces);
        Assert.Contains($"{Adapters}.Git", namespaces);
        Assert.Contains($"{Commands}.Hotfix.Generate", namespaces);
        Assert.Contains(Dependencies(), dependency => dependency is { From: $"{Adapters}.Processes", Target: "System.Diagnostics.Process" });
        Assert.Contains(Dependencies(), dependency => dependency is { From: $"{Cli}.Terminal", Target: "System.Console" });
        // Known inside an asynchronous lambda only.
        Assert.Contains(Dependencies(), dependency => dependency is { From: $"{Commands}.Hotfix.Runs", Target: $"{Adapters}.Journal.RunFolders" });
    }

    [Fact]
    public void Core_knows_nobody() => AssertNone(dependency =>
        IsIn(dependency.From, Core) && dependency.To.Length > 0 && !CoreKnows.Any(known => IsIn(dependency.To, known)));

    [Fact]
    public void Adapters_know_core_only() => AssertNone(dependency => IsIn(dependency.From, Adapters) && IsIn(dependency.To, Cli));

    [Fact]
    public void Adapters_do_not_know_each_other() => AssertNone(dependency =>
        RoomOf(dependency.From, Adapters) is { } from && RoomOf(dependency.To, Adapters) is { } to && from != to && !Ground.Contains(to, StringComparer.Ordinal));

    [Fact]
    public void The_ground_knows_no_adapter() => AssertNone(dependency =>
        RoomOf(dependency.From, Adapters) is { } from && Ground.Contains(from, StringComparer.Ordinal)
        && RoomOf(dependency.To, Adapters) is { } to && !Ground.Contains(to, StringComparer.Ordinal));

    [Fact]
    public void Commands_do_not_know_each_other() => AssertNone(dependency =>
        IsIn(dependency.From, Commands) && dependency.From != Commands && IsIn(dependency.To, Commands) && dependency.To != Commands && dependency.From != dependency.To);

    [Fact]
    public void Nobody_but_the_tree_knows_a_command() => AssertNone(dependency =>
        !IsIn(dependency.From, Commands) && IsIn(dependency.To, Commands) && dependency.To != Commands);

    [Fact]
    public void Core_does_no_input_or_output()
    {
        string[] forbidden = ["System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Environment", "System.Console", "System.Diagnostics.Process", "System.Net.Http.HttpClient", "System.Net.Sockets.Socket"];

        AssertNone(dependency => IsIn(dependency.From, Core) && forbidden.Contains(dependency.Target, StringComparer.Ordinal));
    }

    [Fact]
    public void Only_processes_starts_a_program() => AssertNone(dependency =>
        dependency.Target is "System.Diagnostics.Process" or "System.Diagnostics.ProcessStartInfo" && RoomOf(dependency.From, Adapters) != "Processes");

    [Fact]
    public void Only_http_opens_a_connection()
    {
        string[] openers = ["System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.SocketsHttpHandler", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient"];

        AssertNone(dependency => openers.Contains(dependency.Target, StringComparer.Ordinal) && RoomOf(dependency.From, Adapters) != "Http");
        Assert.Contains(Dependencies(), dependency => dependency is { From: $"{Adapters}.Http", Target: "System.Net.Http.SocketsHttpHandler" });
    }

    [Fact]
    public void Only_the_terminal_touches_the_console() => AssertNone(dependency =>
        dependency.Target is "System.Console" or "Spectre.Console.AnsiConsole" && dependency.From != $"{Cli}.Terminal");

    private static void AssertNone(Func<Dependency, bool> isWrong) =>
        Assert.Equal("", string.Join('\n', Dependencies().Where(isWrong).Select(dependency => $"{dependency.Origin} knows {dependency.Target}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    private static IEnumerable<Dependency> Dependencies() =>
        from type in Rooms.Types
        from dependency in type.Dependencies
        select new Dependency(type.FullName, type.Namespace.FullName, dependency.Target.FullName, dependency.Target.Namespace?.FullName ?? "");

    private static bool IsIn(string name, string room) => name == room || name.StartsWith(room + ".", StringComparison.Ordinal);

    // The first folder below: `Builders` for Graft.Adapters.Builders.Embedded.
    private static string? RoomOf(string name, string house) =>
        name.StartsWith(house + ".", StringComparison.Ordinal) ? name[(house.Length + 1)..].Split('.')[0] : null;

    private sealed record Dependency(string Origin, string From, string Target, string To);
}
