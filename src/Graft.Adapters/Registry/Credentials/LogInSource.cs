namespace Graft.Adapters.Registry.Credentials;

/// <summary>Where a log-in was found: the absolute path of a file, and the helper that it names, if the file does not hold the log-in itself. Never the log-in.</summary>
public sealed record LogInSource(string File, string? Helper);
