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

    public HttpRetry(TimeProvider clock) => pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(10),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is HttpFaultException fault && IsWorthIt(fault, arguments.AttemptNumber)),
            DelayGenerator = arguments => ValueTask.FromResult(DelayOf((HttpFaultException)arguments.Outcome.Exception!)),
        })
        .Build();

    /// <summary>Runs an attempt until it succeeds, or fails in a way that does not pass. Only for what may be done twice.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(async token => await attempt(token), cancellationToken);

    private static bool IsWorthIt(HttpFaultException fault, int attempt) => fault.Fault switch
    {
        HttpFault.Unreachable => attempt == 0 && fault.RetryAfter is null && fault.InnerException is not OperationCanceledException,
        HttpFault.Untrusted => false,
        _ => fault.RetryAfter is not { } wait || wait <= LongestWait,
    };

    private static TimeSpan? DelayOf(HttpFaultException fault) => fault.Fault == HttpFault.Unreachable ? TimeSpan.FromMilliseconds(200) : fault.RetryAfter;
}
