using Graft.Testing.Registries;

namespace Graft.Adapters.Tests.Registry;

/// <summary>Starts a real registry, or skips the test where there is none.</summary>
internal static class Started
{
    public static LocalRegistry Registry(TestAuthority? authority = null, string? login = null)
    {
        Assert.SkipUnless(LocalRegistry.IsInstalled, LocalRegistry.Missing);
        return new LocalRegistry(authority, login);
    }
}
