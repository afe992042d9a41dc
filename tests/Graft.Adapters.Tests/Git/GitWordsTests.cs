using Graft.Adapters.Git;
using Graft.Adapters.Processes;

namespace Graft.Adapters.Tests.Git;

public class GitWordsTests
{
    [Theory]
    [InlineData("fatal: bad object abc\n", "bad object abc")]
    [InlineData("error: one\nfatal: two.\nhint: three\n", "two")]
    [InlineData("error: failed to push some refs to 'x'\nhint: Updates were rejected\nhint: because", "failed to push some refs to 'x'")]
    [InlineData(
        "ssh: connect to host example.com port 22: Connection refused\nfatal: Could not read from remote repository.\n\n"
            + "Please make sure you have the correct access rights\nand the repository exists.\n",
        "ssh: connect to host example.com port 22: Connection refused")]
    [InlineData("fatal: Could not read from remote repository.\n", "Could not read from remote repository")]
    [InlineData("fatal: unable to access 'https://me:s3cret@example.com/x/': nope", "unable to access 'https://example.com/x/': nope")]
    [InlineData("error: unable to read sha1 file of a/b (19705)\nfatal: Could not reset index file to revision 'abc'.\n", "unable to read sha1 file of a/b (19705)")]
    [InlineData("fatal: '/gone.git' does not appear to be a git repository\nfatal: could not fetch abc from promisor remote\n", "'/gone.git' does not appear to be a git repository")]
    [InlineData("fatal: could not fetch abc from promisor remote\n", "could not fetch abc from promisor remote")]
    [InlineData("fatal: unable to access 'https://me:s3/cr@t@example.com/x/': nope", "unable to access 'https://example.com/x/': nope")]
    [InlineData("", "git ended with exit code 128")]
    public void Quotes_the_line_that_tells(string error, string expected) => Assert.Equal(expected, GitWords.LastOf(new ProgramResult(128, default, error)));

    [Fact]
    public void Says_what_a_broken_pipe_means() => Assert.Equal("the other side hung up", GitWords.LastOf(new ProgramResult(141, default, "")));
}
