using Graft.Adapters.Registry.Credentials;

namespace Graft.Adapters.Registry;

/// <summary>How a registry is spoken to: with TLS or without, whether it wants to know who asks, and where the log-in is that it then gets, if there is one.</summary>
public sealed record RegistryReport(bool HasTls, bool WantsLogIn, LogInSource? LogIn);
