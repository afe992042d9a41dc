using Graft.Core.Failures;

namespace Graft.Core.Images;

/// <summary>What is wrong with content of a known digest.</summary>
public enum ContentFault
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>Something else is there: other bytes, or fewer, or more.</summary>
    Different,
}

/// <summary>Content that a place should have is not there, or is not what its digest says (an outside failure). The place itself was asked and answered.</summary>
public sealed class ContentException(ContentFault fault, string message) : GraftException(FailureKind.Outside, message)
{
    /// <summary>What is wrong with it.</summary>
    public ContentFault Fault { get; } = fault;
}
