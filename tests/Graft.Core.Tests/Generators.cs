using CsCheck;

namespace Graft.Core.Tests;

internal static class Generators
{
    /// <summary>One of these values, each as likely as the others.</summary>
    public static Gen<T> AnyOf<T>(params IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(index => values[index]);
}
