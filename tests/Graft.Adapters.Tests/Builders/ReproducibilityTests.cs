using Graft.Testing;

namespace Graft.Adapters.Tests.Builders;

public sealed class ReproducibilityTests
{
    private const string Dockerfile = "FROM scratch AS files\nCOPY . /all/\nFROM scratch\nCOPY --from=files /all /all\nCOPY --chown=1:2 run.sh /bin/\nWORKDIR /w\nENV A=1\n";

    [Fact]
    public async Task Other_folders_umasks_and_times_give_the_same_digest()
    {
        using var first = new ImageWorkbench();
        using var second = new ImageWorkbench();
        foreach (var bench in new[] { first, second })
        {
            bench.Write("run.sh", "#!/bin/sh\n", executable: true).Write("a/b.txt", "b").Write("a/ü", "u").Link("a/link", "b.txt").Write(".dockerignore", "ignored*\nDockerfile\n");
        }

        second.Write("ignored.log", "stray").Write(".git", "gitdir: elsewhere");
        Disturb(second.Checkout);

        var one = await first.BuildTextAsync(Dockerfile);
        var other = await second.BuildTextAsync(Dockerfile);

        Assert.Equal(one.Descriptor.Digest, other.Descriptor.Digest);
    }

    [Fact]
    public async Task The_executable_bit_and_the_content_do_matter()
    {
        using var bench = new ImageWorkbench();
        var plain = await bench.Write("f", "x").BuildTextAsync("FROM scratch\nCOPY f /\n");
        var executable = await bench.Write("f", "x", executable: true).BuildTextAsync("FROM scratch\nCOPY f /\n");
        var changed = await bench.Write("f", "y").BuildTextAsync("FROM scratch\nCOPY f /\n");

        Assert.Equal(3, new[] { plain, executable, changed }.Select(image => image.Descriptor.Digest).Distinct().Count());
    }

    /// <summary>The bytes themselves are a promise: a digest that moves with a version of Graft would rebuild every image of every product.</summary>
    [Fact]
    public async Task The_digest_of_a_known_image_stays()
    {
        using var bench = new ImageWorkbench();
        var image = await bench.Write("f", "x").BuildTextAsync("FROM scratch\nCOPY f /d/\nENV A=1\n");

        Assert.Equal("sha256:bdbcaa1c9a718bc52a566dcc18565b4910d05606e62186fb33b52cd3ca9c5496", image.Descriptor.Digest.ToString());
    }

    private static void Disturb(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            if (new FileInfo(path).LinkTarget is not null || OperatingSystem.IsWindows())
            {
                continue;
            }

            // As under umask 077.
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }
    }
}
