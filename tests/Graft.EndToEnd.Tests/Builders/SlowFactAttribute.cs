using System.Runtime.CompilerServices;

namespace Graft.EndToEnd.Tests.Builders;

/// <summary>A test that is run when GRAFT_SLOW is set, or when it is asked for by <c>-explicit on</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowFactAttribute : FactAttribute
{
    /// <summary>For a test of this line.</summary>
    public SlowFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Explicit = Environment.GetEnvironmentVariable("GRAFT_SLOW") is not { Length: > 0 };
}
