using Graft.Testing;

namespace Graft.Cli.Tests.HostileGit;

/// <summary>Remotes that hang up, want a password, or never answer: cutting goes by the tracking branches, publishing stops and can be repeated.</summary>
public sealed class RemoteTests : IDisposable
{
    private const string Release = SampleProduct.Release;
    private static readonly string[] Cut = ["hotfix", "generate", "--offline", "--release", Release, "--set", "bitnami/redis=7.2.5", "--allow", "affected-not-built", "--name", Story.Name];

    private readonly SampleProduct product = new();

    private TemporaryRepository Git => product.Repository;

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData(nameof(Misbehaviour.HangUp), "git://{0}/x", "")]
    [InlineData(nameof(Misbehaviour.HalfAnswer), "git://{0}/x", "")]
    [InlineData(nameof(Misbehaviour.HangUp), "http://me:s3cret@{0}/x", "unable to access 'http://{0}/x/': ")]
    [InlineData(nameof(Misbehaviour.HalfAnswer), "http://me:s3cret@{0}/x", "unable to access 'http://{0}/x/': ")]
    [InlineData(nameof(Misbehaviour.Login), "http://{0}/x", "could not read Username for 'http://{0}': terminal prompts disabled")]
    [InlineData(nameof(Misbehaviour.Login), "http://me:s3cret@{0}/x", "Authentication failed for 'http://{0}/x/'")]
    public void That_does_not_serve(string misbehaviour, string url, string words)
    {
        using var server = new BadServer(Enum.Parse<Misbehaviour>(misbehaviour));
        Git.Git("remote", "set-url", "origin", Fill(url, server));

        UnreachableBy(product.Graft, Fill(words, server));
    }

    [Theory]
    [InlineData("exit 255", "")]
    [InlineData("echo Connection closed by 192.0.2.1 >&2; exit 255", "Connection closed by 192.0.2.1")]
    [InlineData("printf 00; exit 0", "")]
    [InlineData("eval \"$last\" < /dev/null | head -c 100", "")]
    public void Over_ssh_that_ends_early(string script, string words)
    {
        Git.Git("remote", "set-url", "origin", $"ssh://git@host.invalid{Git.Remote}");

        UnreachableBy(product.Graft.With("GIT_SSH_COMMAND", $"sh -c 'for last; do :; done; {script}' ssh").With("GIT_SSH_VARIANT", "simple"), words);
    }

    [Theory]
    [InlineData("git")]
    [InlineData("http")]
    public void That_never_answers_is_waited_for_until_the_user_stops_it(string scheme)
    {
        using var server = new BadServer(Misbehaviour.Silence);
        Git.Git("remote", "set-url", "origin", $"{scheme}://{server.Address}/x");
        var before = Snapshot.Of(product, product.Graft);

        using var graft = product.Graft.Start(Cut);
        graft.WaitForError("waiting for 'origin' to answer\n");
        graft.Signal("INT");
        var result = graft.WaitForExit();

        Assert.EndsWith("error: interrupted\nhint: nothing was changed\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(before, Snapshot.Of(product, product.Graft));
    }

    [Fact]
    public void That_never_takes_the_tag_is_waited_for_until_the_user_stops_it()
    {
        product.Graft.Run(Cut).Succeeded();
        using var hold = new HoldingPipe(Git.Beside("hold"));
        Hook("pre-receive", $"cat '{hold.Path}'");
        using var graft = product.Graft.Start("release", "publish", Story.Name, "--yes", "--offline");
        graft.WaitForError("waiting for 'origin' to take the tag\n");
        graft.Signal("INT");
        var result = graft.WaitForExit();

        Assert.EndsWith($"error: interrupted while publishing '{Story.Name}'\nhint: carry on with `graft release publish {Story.Name} --offline`\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(130, result.ExitCode);
    }

    [Fact]
    public void That_dies_while_it_takes_the_tag_and_lives_again()
    {
        product.Graft.Run(Cut).Succeeded();
        Hook("pre-receive", "kill -KILL $PPID");

        Publishing(5, $"cannot push the tag 'v{Story.Name}' to 'origin': ");
        Assert.Equal("", Git.Git("ls-remote", "origin", $"refs/tags/v{Story.Name}"));
        Assert.True(IsDraft());

        File.Delete(Path.Combine(Git.Remote, "hooks", "pre-receive"));
        Publishing(0, $"{Story.Name} is published: ");
        Assert.False(IsDraft());
    }

    [Fact]
    public void That_dies_when_it_has_taken_the_tag_has_taken_it()
    {
        product.Graft.Run(Cut).Succeeded();
        Hook("post-receive", "kill -KILL $PPID");

        Publishing(0, $"{Story.Name} is published: ");

        Assert.NotEqual("", Git.Git("ls-remote", "origin", $"refs/tags/v{Story.Name}"));
    }

    [Fact]
    public void A_hook_of_the_users_stops_a_tag_before_it_is_pushed()
    {
        product.Graft.Run(Cut).Succeeded();
        LocalHook("pre-push", "echo not on a Friday >&2; exit 1");

        Publishing(5, $"cannot push the tag 'v{Story.Name}' to 'origin': not on a Friday");
        Assert.Equal("", Git.Git("ls-remote", "origin", $"refs/tags/v{Story.Name}"));

        File.Delete(product.At(".git/hooks/pre-push"));
        Publishing(0, $"{Story.Name} is published: ");
    }

    [Theory]
    [InlineData("reference-transaction", "cannot make the tag 'v{0}': ref updates aborted by hook")]
    [InlineData(null, "cannot make the tag 'v{0}': unable to sign the tag")]
    public void A_hook_or_a_signature_stops_a_tag_before_it_is_made(string? hook, string words)
    {
        product.Graft.Run(Cut).Succeeded();
        if (hook is not null)
        {
            LocalHook(hook, "exit 1");
        }
        else
        {
            Git.Git("config", "tag.gpgSign", "true");
            Git.Git("config", "gpg.program", "false");
        }

        Publishing(5, words.Replace("{0}", Story.Name, StringComparison.Ordinal));

        Assert.Equal("", Git.Git("tag", "--list", $"v{Story.Name}"));
        Assert.True(IsDraft());
    }

    [Theory]
    [InlineData("here", "main", 3, "tag 'v{0}' is here already, at ")]
    [InlineData("on the remote", "main", 3, "tag 'v{0}' is on the remote already, at ")]
    [InlineData("here", "HEAD:graft.yaml", 5, "cannot make the tag 'v{0}': tag 'v{0}' already exists")]
    public void A_tag_that_is_another_one_is_never_moved(string where, string what, int exit, string words)
    {
        product.Graft.Run(Cut).Succeeded();
        Git.GitIn(where == "here" ? product.Root : Git.Remote, "tag", $"v{Story.Name}", what);
        var before = Snapshot.Of(product, product.Graft);

        Publishing(exit, words.Replace("{0}", Story.Name, StringComparison.Ordinal));

        Assert.Equal(before, Snapshot.Of(product, product.Graft));
    }

    private static string Fill(string text, BadServer server) => text.Replace("{0}", server.Address, StringComparison.Ordinal);

    private void UnreachableBy(GraftRun graft, string words)
    {
        var cut = graft.Run(Cut);
        Assert.Contains($"warning: 'origin' was not reached ({words}", cut.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", cut.Error, StringComparison.Ordinal);
        Assert.Equal(0, cut.ExitCode);

        var before = Snapshot.Of(product, graft);
        var published = graft.Run("release", "publish", Story.Name, "--yes", "--offline");
        Assert.Contains($"error: 'origin' was not reached: {words}", published.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nhint: see that `git ls-remote origin` works\n", published.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", published.Error, StringComparison.Ordinal);
        Assert.Equal(5, published.ExitCode);
        Assert.Equal(before, Snapshot.Of(product, graft));
    }

    private void Publishing(int exit, string words)
    {
        var result = product.Graft.Run("release", "publish", Story.Name, "--yes", "--offline");

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal(exit, result.ExitCode);
    }

    private bool IsDraft() => product.Run("release list --json").Json()[0].GetProperty("draft").GetBoolean();

    private void Hook(string name, string script) => WriteHook(Path.Combine(Git.Remote, "hooks", name), script);

    private void LocalHook(string name, string script) => WriteHook(product.At($".git/hooks/{name}"), script);

    private static void WriteHook(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
