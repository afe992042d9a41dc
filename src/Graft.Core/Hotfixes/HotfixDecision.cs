using System.Text.Json;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Hotfixes;

/// <summary>
/// What somebody decided, to be carried out later or elsewhere without a question: the request, the base manifest's digest, and the plan that was shown. The plan is
/// made again from the world as it is then, and has to be the same; so a decision that was tampered with, or has grown old, is refused.
/// </summary>
public sealed record HotfixDecision
{
    /// <summary>The version of this shape.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>What was asked for.</summary>
    public required HotfixRequest Request { get; init; }

    /// <summary>The digest of the base manifest's bytes.</summary>
    public required Digest BaseManifest { get; init; }

    /// <summary>The plan that came of it.</summary>
    public required HotfixPlan Plan { get; init; }

    /// <summary>What was decided, as the planner had it before it.</summary>
    public static HotfixDecision Of(HotfixRequest request, HotfixFacts facts, HotfixPlan plan) =>
        new() { Request = request, BaseManifest = Digest.Of(facts.Base.Bytes.Span), Plan = plan };

    /// <summary>The request again, under the name that was planned, with more guards allowed.</summary>
    public HotfixRequest Replay(IEnumerable<string> allowed, bool offline) => Request with
    {
        Name = Plan.Name,
        IsReplay = true,
        // What was shown: titles and labels of pull requests may be other ones by now.
        Notes = Request.Notes ?? Plan.Draft?.Notes,
        Allowed = [.. Request.Allowed.Union(allowed)],
        Offline = Request.Offline || offline,
    };

    /// <summary>The facts with this decision's own identity, by which what an earlier attempt reserved is known. Another HEAD or base manifest is an input failure.</summary>
    public HotfixFacts Take(HotfixFacts facts)
    {
        if (facts.Head != Plan.Commit)
        {
            throw Refuse($"it is for commit {Plan.Commit.Short}, and HEAD is {facts.Head.Short}", $"`git switch --detach {Plan.Commit.Short}`, or make the plan anew with `--plan-out`");
        }

        if (facts.Base.Name != Plan.Base || Digest.Of(facts.Base.Bytes.Span) != BaseManifest)
        {
            throw Refuse($"the manifest of '{Plan.Base}' is not the one that it was made from");
        }

        return Plan.Reservation is { } reservation ? facts with { Run = reservation.Run } : facts;
    }

    /// <summary>Holds that the plan as it would be made now does what was decided; an input failure that names what differs.</summary>
    public void Check(HotfixPlan now)
    {
        using var decided = JsonDocument.Parse(PlanJson.Write(WhatWasDecided(Plan)));
        using var made = JsonDocument.Parse(PlanJson.Write(WhatWasDecided(now)));
        var differing = decided.RootElement.EnumerateObject()
            .Where(member => !JsonElement.DeepEquals(member.Value, made.RootElement.GetProperty(member.Name)))
            .Select(member => $"'{member.Name}'")
            .ToList();
        if (differing.Count > 0)
        {
            throw Refuse($"made now it would be another one, in {string.Join(", ", differing)}");
        }
    }

    // What is known of images that stay, and whether the remote could be reached, depends on where one stands; the operations follow from the rest.
    private static HotfixPlan WhatWasDecided(HotfixPlan plan) => plan with { Locked = [], Reservation = null, Operations = [] };

    private static GraftException Refuse(string why, string hint = "make it anew with `--plan-out`") => GraftException.Input($"the plan cannot be carried out: {why}", hint);
}
