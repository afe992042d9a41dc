using Polly;
using Polly.Retry;

namespace Graft.Adapters.Http;

/// <summary>
/// Repeats what may be repeated, when the exchange failed and not what it meant: a lost connection and a busy server several times, with
/// growing pauses or as long as the server asks; a host that is not there once more, at once; a certificate never.
/// </summary>
internal sealed class HttpRetry
{
    private const int Attempts = 4;

    // Who asks for more patience than this is told to the user instead.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly ResiliencePipeline pipeline;

    /// <summary>A retry whose pauses are a clock's.</summary>
    /// <param name="clock">The clock of the pauses.</param>
    /// <param name="longestWait">The most that is waited when a server asks for it; a minute by default.</param>
    /// <param name="pausing">Told before each pause why it is made, and how long it is.</param>
    public HttpRetry(TimeProvider clock, TimeSpan? longestWait = null, Action<HttpFaultException, TimeSpan>? pausing = null) => pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(10),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is HttpFaultException fault && IsWorthIt(fault, arguments.AttemptNumber, longestWait ?? LongestWait)),
            DelayGenerator = arguments => ValueTask.FromResult(DelayOf((HttpFaultException)arguments.Outcome.Exception!)),
            OnRetry = arguments =>
            {
                pausing?.Invoke((HttpFaultException)arguments.Outcome.Exception!, arguments.RetryDelay);
                return default;
            },
        })
        .Build();

    /// <summary>Runs an attempt until it succeeds, or fails in a way that does not pass. Only for what may be done twice.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(async token => await attempt(token), cancellationToken);

    private static bool IsWorthIt(HttpFaultException fault, int attempt, TimeSpan longestWait) => fault.Fault switch
    {
        HttpFault.Unreachable => attempt == 0 && fault.RetryAfter is null && fault.InnerException is not OperationCanceledException,
        HttpFault.Untrusted => false,
        _ => fault.RetryAfter is not { } wait || wait <= longestWait,
    };

    private static TimeSpan? DelayOf(HttpFaultException fault) => fault.Fault == HttpFault.Unreachable ? TimeSpan.FromMilliseconds(200) : fault.RetryAfter;
}
