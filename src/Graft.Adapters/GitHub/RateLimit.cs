namespace Graft.Adapters.GitHub;

/// <summary>How many requests whoever asks may make in an hour, how many of them are left, and when the count begins anew.</summary>
public sealed record RateLimit(int Limit, int Remaining, DateTimeOffset Reset);
