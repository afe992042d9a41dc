using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Graft.Testing.Registries;

/// <summary>
/// A clock on which every pause is over at once: whoever waits makes the time pass. What is only there to guard against an endless wait
/// (two minutes and more) does not make it pass, and ends when a test says so.
/// </summary>
public sealed class JumpingClock : FakeTimeProvider
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(100);

    /// <summary>The pauses that were made, in order.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < Guard)
        {
            Pauses.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
