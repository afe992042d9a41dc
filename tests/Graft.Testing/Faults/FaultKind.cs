namespace Graft.Testing.Faults;

/// <summary>What happens at a call.</summary>
public enum FaultKind
{
    /// <summary>SIGKILL, the call not made.</summary>
    KilledBefore,

    /// <summary>SIGKILL, the call made; of a program that was started: it does its work alone.</summary>
    KilledAfter,

    /// <summary>SIGKILL, half of the bytes written.</summary>
    KilledHalfway,

    /// <summary>The call is made, and reported as failed.</summary>
    AnswerLost,

    /// <summary>From here on there is no room on the disk.</summary>
    DiskFull,

    /// <summary>From here on the folder that the call is about cannot be changed.</summary>
    ReadOnly,

    /// <summary>SIGINT to the program and what it started, as a terminal sends it.</summary>
    Interrupted,

    /// <summary>SIGTERM to the program.</summary>
    Terminated,
}
