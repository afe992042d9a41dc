using Graft.Adapters.Files;
using Graft.Core.Failures;

namespace Graft.Cli.Commands.Doctor;

/// <summary>Asks things that may never answer: each for a while, and what goes wrong is a finding.</summary>
internal sealed class Questioner(TimeProvider clock, CancellationToken cancellation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The findings of a question to somebody, or the one that there is no answer.</summary>
    public async Task<IReadOnlyList<Finding>> AskAsync(string whom, Func<CancellationToken, Task<IReadOnlyList<Finding>>> ask)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var token = either.Token;
        try
        {
            // A disk of another machine may hold a thread for as long as it likes.
            return await Task.Run(() => ask(token), token).WaitAsync(token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception exception) when (limit.IsCancellationRequested && exception is OperationCanceledException or GraftException)
        {
            return [Finding.Missing($"{whom} does not answer within {Patience.TotalSeconds:0} seconds")];
        }
        catch (GraftException failure)
        {
            return [Finding.Of(failure)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [Finding.Missing(FileProblem.Describe(exception, DisplayPath.Of))];
        }
    }
}
