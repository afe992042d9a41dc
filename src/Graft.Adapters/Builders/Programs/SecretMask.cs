using Graft.Core.Failures;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Programs;

/// <summary>Takes the values of secrets out of what a builder says: a RUN may print what it was lent.</summary>
internal sealed class SecretMask(IReadOnlyList<string> values)
{
    // A shorter line, such as a brace, is no secret, and would spoil everything else that is said.
    private const int Shortest = 4;
    private const long Limit = 500 * 1024;

    /// <summary>Reads the values; a secret that is not there (any more) is an outside failure.</summary>
    public static SecretMask Of(IEnumerable<BuildSecret> secrets)
    {
        var lines = secrets.SelectMany(secret => ValueOf(secret).Split('\n')).Select(line => line.Trim()).Where(line => line.Length >= Shortest);
        // The longest first: one may be a part of another.
        return new SecretMask([.. lines.Distinct(StringComparer.Ordinal).OrderByDescending(line => line.Length)]);
    }

    /// <summary>The text with stars where a secret was.</summary>
    public string Cover(string text) => values.Aggregate(text, (covered, value) => covered.Replace(value, "***", StringComparison.Ordinal));

    private static string ValueOf(BuildSecret secret)
    {
        if (secret.Variable is { } variable)
        {
            return Environment.GetEnvironmentVariable(variable)
                ?? throw GraftException.Outside($"the secret '{secret.Id}' is missing: the environment has no '{variable}'", $"set `{variable}`");
        }

        try
        {
            return new FileInfo(secret.File!).Length <= Limit
                ? File.ReadAllText(secret.File!)
                : throw GraftException.Outside($"the secret '{secret.Id}' is too large: '{secret.File}' has more than {Limit} bytes");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw GraftException.Outside($"the secret '{secret.Id}' cannot be read: {problem.Message.TrimEnd('.')}", inner: problem);
        }
    }
}
