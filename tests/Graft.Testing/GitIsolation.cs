using System.Runtime.CompilerServices;

namespace Graft.Testing;

/// <summary>
/// Keeps the machine's git configuration, identity and clock out of tests: set for the whole test process before anything runs, so
/// that the code under test, which starts git itself, sees the same.
/// </summary>
public static class GitIsolation
{
    /// <summary>The variables, for tests that start a program with an environment of their own; null unsets one.</summary>
    public static IReadOnlyDictionary<string, string?> Variables { get; } = new Dictionary<string, string?>
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "Ada Author",
        ["GIT_AUTHOR_EMAIL"] = "ada@example.com",
        ["GIT_AUTHOR_DATE"] = "2025-11-23T04:00:00+00:00",
        ["GIT_COMMITTER_NAME"] = "Cora Committer",
        ["GIT_COMMITTER_EMAIL"] = "cora@example.com",
        ["GIT_COMMITTER_DATE"] = "2025-11-23T04:00:00+00:00",
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_CONFIG_COUNT"] = null,
        ["GIT_CONFIG_PARAMETERS"] = null,
        ["GIT_PREFIX"] = null,
        ["GIT_SSH_COMMAND"] = null,
        ["GIT_TEMPLATE_DIR"] = "",
        // Nothing here has to survive a power cut.
        ["GIT_TEST_FSYNC"] = "0",
        // Submodules of tests are at paths, which git trusts no .gitmodules with (CVE-2022-39253).
        ["GIT_ALLOW_PROTOCOL"] = "file:git:http:https:ssh",
    };

    // Process-wide state is set once, before the first test can run beside another.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void Install()
    {
        foreach (var (name, value) in Variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
#pragma warning restore CA2255
}
