using System.Text;
using Graft.Adapters.Processes;
using Graft.Core.Hotfixes;
using Graft.Core.Releases;

namespace Graft.Adapters.Git;

/// <content>Names that are held on a remote while a run is on its way.</content>
public sealed partial class GitRepository
{
    private const string ReservationPrefix = "refs/graft/";

    // Hooks and push settings of the user's are about branches; this pushes none.
    private static readonly string[] PushReservation =
        ["-c", "push.gpgSign=false", "push", "--quiet", "--no-verify", "--no-follow-tags", "--no-recurse-submodules"];

    /// <summary>
    /// Holds a hotfix's name on a remote: <c>refs/graft/NAME</c> is made there in one step, or not at all. True when this reservation has it, from now
    /// or from before; false when somebody else has the name. A remote that cannot be reached, or takes no such reference, is an outside failure.
    /// </summary>
    public async Task<bool> TryReserveAsync(ReleaseName name, Reservation reservation, CancellationToken cancellationToken)
    {
        GitName.CheckRemote(reservation.Remote);
        var reference = ReservationPrefix + name;
        var mark = await MakeMarkAsync(name, reservation, cancellationToken);
        // An empty expectation is that of a reference that is not there (git-push(1), --force-with-lease).
        var result = await git.RunAsync([.. PushReservation, $"--force-with-lease={reference}:", "--", reservation.Remote, $"{mark}:{reference}"], cancellationToken);
        if (result.Succeeded)
        {
            return true;
        }

        // The answer may be lost, or the reference be there: what counts is what the remote has.
        var there = await FindOnRemoteAsync(reservation.Remote, reference, cancellationToken);
        return there is null ? throw GitCommand.Failure($"cannot reserve '{name}' on '{Redaction.WithoutCredentials(reservation.Remote)}'", result) : there == mark;
    }

    /// <summary>Why names cannot be held on a remote, in git's words, or null when they can. Nothing is sent.</summary>
    public async Task<string?> FindReservationProblemAsync(string remote, CancellationToken cancellationToken)
    {
        GitName.CheckRemote(remote);
        var result = await git.RunAsync([.. PushReservation, "--dry-run", "--", remote, $"{Head}:{ReservationPrefix}doctor"], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result.Succeeded ? null : GitWords.LastOf(result);
    }

    /// <summary>
    /// Lets go of a name. True when this reservation has it no more, from now or from before; false when the name is somebody else's, which stays.
    /// </summary>
    public async Task<bool> FreeAsync(ReleaseName name, Reservation reservation, CancellationToken cancellationToken)
    {
        GitName.CheckRemote(reservation.Remote);
        var reference = ReservationPrefix + name;
        var mark = await MakeMarkAsync(name, reservation, cancellationToken);
        var result = await git.RunAsync([.. PushReservation, $"--force-with-lease={reference}:{mark}", "--", reservation.Remote, $":{reference}"], cancellationToken);
        if (result.Succeeded)
        {
            return true;
        }

        var there = await FindOnRemoteAsync(reservation.Remote, reference, cancellationToken);
        return there == mark ? throw GitCommand.Failure($"cannot free '{name}' on '{Redaction.WithoutCredentials(reservation.Remote)}'", result) : there is null;
    }

    /// <summary>
    /// What the reference points at: a text that only this reservation has, so that two people with one commit are told apart, and always the same one,
    /// so that it is known again. A text needs no history to be pushed along, as a commit would.
    /// </summary>
    private async Task<string> MakeMarkAsync(ReleaseName name, Reservation reservation, CancellationToken cancellationToken)
    {
        var text = $"graft: '{name}' is reserved by run {reservation.Run}\n";
        var result = await git.DoAsync($"cannot reserve '{name}'", ["hash-object", "-w", "--stdin"], cancellationToken, Encoding.UTF8.GetBytes(text));
        return result.Text.Trim();
    }

    private async Task<string?> FindOnRemoteAsync(string remote, string reference, CancellationToken cancellationToken)
    {
        var result = await git.DoAsync(
            $"cannot ask '{Redaction.WithoutCredentials(remote)}' for '{reference}'", ["ls-remote", "--quiet", "--", remote, reference], cancellationToken);
        // `OBJECT TAB NAME`; a pattern also fits a longer name that ends in it.
        return result.Text.Split('\n').Select(line => line.Split('\t')).FirstOrDefault(parts => parts is [_, var found] && found == reference)?[0];
    }
}
