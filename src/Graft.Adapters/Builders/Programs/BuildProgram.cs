using System.Globalization;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Programs;

/// <summary>How one builder is spoken to: its argument lists, what it can do, and how it shows that it is there. Nothing is run here.</summary>
internal abstract class BuildProgram(string name)
{
    /// <summary>The name that graft.yaml and messages have for it.</summary>
    public string Name => name;

    /// <summary>The program, looked up in <c>PATH</c>.</summary>
    public virtual string Executable => name;

    /// <summary>Variables for every call; the time of the commit is added.</summary>
    public virtual IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>();

    /// <summary>Whether it can copy from a folder other than the context.</summary>
    public virtual bool TakesFolderContexts => true;

    /// <summary>Whether it keeps images in a storage of its own, from which they have to be removed again.</summary>
    public virtual bool HasStorage => true;

    /// <summary>What of a Dockerfile and of graft.yaml it takes none of.</summary>
    public virtual IReadOnlyList<string> Lacks => [];

    /// <summary>Asks the program whether it can build; what it is, with its version. One that cannot is an outside failure that says what to do.</summary>
    public abstract Task<string> DescribeAsync(AskBuilder ask);

    public abstract IReadOnlyList<string> Build(BuildCall call);

    /// <summary>What to do about a build that failed after it had said this, or null.</summary>
    public virtual string? HintFor(string line) => null;

    /// <summary>Puts the image of an archive into the builder's storage.</summary>
    public abstract IReadOnlyList<string> Load(string archive);

    /// <summary>Writes an image of the builder's storage into an archive.</summary>
    public abstract IReadOnlyList<string> Save(string image, string archive);

    /// <summary>Lists <c>NAME:TAG</c> of every image, a line each.</summary>
    public abstract IReadOnlyList<string> ListImages { get; }

    public abstract IReadOnlyList<string> RemoveImages(IEnumerable<string> images);

    /// <summary>Lists <c>ID IMAGE</c> of every container that a build may have left, a line each; null where none can be left.</summary>
    public virtual IReadOnlyList<string>? ListContainers => null;

    public virtual IReadOnlyList<string> RemoveContainers(IEnumerable<string> containers) => throw new NotSupportedException();

    /// <summary>What the builders have in common.</summary>
    protected static IEnumerable<string> Common(BuildCall call)
    {
        yield return "--file";
        yield return call.Dockerfile;
        yield return "--platform";
        yield return call.Platform.ToString();
        if (call.Target is { } target)
        {
            yield return "--target";
            yield return target;
        }

        foreach (var (key, value) in call.Args)
        {
            yield return "--build-arg";
            yield return $"{key}={value}";
        }

        foreach (var secret in call.Secrets)
        {
            yield return "--secret";
            yield return SecretOf(secret);
        }
    }

    /// <summary>The time for builds that ask for it, unless graft.yaml says another.</summary>
    protected static IEnumerable<string> TimeArg(BuildCall call) =>
        call.Args.ContainsKey("SOURCE_DATE_EPOCH") ? [] : ["--build-arg", $"SOURCE_DATE_EPOCH={call.Time.ToString(CultureInfo.InvariantCulture)}"];

    protected static IEnumerable<string> ContextArgs(BuildCall call) => call.Contexts.SelectMany(context => new[] { "--build-context", $"{context.Key}={context.Value}" });

    /// <summary>A field of an option whose value is read as comma-separated values.</summary>
    protected static string Field(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string SecretOf(BuildSecret secret) =>
        secret.Variable is { } variable ? $"id={secret.Id},env={variable}" : $"id={secret.Id},{Field($"src={secret.File}")}";
}
