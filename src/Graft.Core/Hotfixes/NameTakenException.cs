using Graft.Core.Failures;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>
/// A hotfix's name turned out to be somebody else's when its run began, with nothing made yet: a name that nobody asked for can move on to the next free minute.
/// </summary>
public sealed class NameTakenException(ReleaseName name, string message, string hint) : GraftException(FailureKind.Guard, message, hint)
{
    /// <summary>The name.</summary>
    public ReleaseName Name { get; } = name;
}
