using Graft.Adapters.Processes;
using Graft.Testing;

namespace Graft.EndToEnd.Tests.Builders;

/// <summary>A builder of this machine, with a storage of the test's own.</summary>
public abstract class RealBuilder : IDisposable
{
    /// <summary>What <c>build.with</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>What <c>build.options</c> needs for it here.</summary>
    public virtual string Options => "[]";

    /// <summary>The variables with which Graft finds it and its storage.</summary>
    public abstract IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>The program that is called.</summary>
    protected virtual string Program => Name;

    /// <summary>Each call that lists something that a build could leave.</summary>
    protected abstract IReadOnlyList<IReadOnlyList<string>> Listings { get; }

    /// <summary>Skips the test, visibly, where the builder is not here.</summary>
    public abstract void Require();

    /// <summary>What is in its storage: images and containers.</summary>
    public async Task<string> ListAsync()
    {
        var found = "";
        foreach (var listing in Listings)
        {
            found += (await RunAsync(listing)).Trim();
        }

        return found;
    }

    /// <summary>Runs it by hand.</summary>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments)
    {
        var result = await TemporaryRepository.Runner.RunAsync(new ProgramCall { Program = Program, Arguments = arguments, Environment = Variables }, CancellationToken.None);
        return result.Succeeded ? result.Text : throw new InvalidOperationException($"{Program} {string.Join(' ', arguments)}: {result.Error}");
    }

    public abstract void Dispose();

    protected static void RequireProgram(string program)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.Skip($"'{program}' is not installed");
        }
    }
}
