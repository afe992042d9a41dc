using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Graft.Adapters.Processes;
using Graft.Core.Failures;

namespace Graft.Adapters.Registry.Credentials;

/// <summary>Asks one of docker's credential helpers, a program <c>docker-credential-NAME</c> that takes a host and gives JSON.</summary>
internal sealed partial class CredentialProgram(ProgramRunner programs, IReadOnlyDictionary<string, string?> environment)
{
    /// <summary>What a helper knows of a host; null when it has nothing. A helper that is not there or fails is an outside failure.</summary>
    public async Task<Credential?> FindAsync(string name, string host, CancellationToken cancellationToken)
    {
        var program = "docker-credential-" + name;
        if (!NameGrammar().IsMatch(name))
        {
            throw GraftException.Input($"'{name}' is not the name of a credential helper", "docker's config.json has it in `credsStore` or `credHelpers`");
        }

        var call = new ProgramCall { Program = program, Arguments = ["get"], StandardInput = Encoding.UTF8.GetBytes(host), Environment = environment };
        var result = await programs.RunAsync(call, cancellationToken);
        if (!result.Succeeded)
        {
            // The protocol has no code for it: helpers say it in these words, on standard output.
            return result.Text.Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw GraftException.Outside($"'{program}' gives no credentials for '{host}' and ends with {result.ExitCode}", $"try it: `echo {host} | {program} get`");
        }

        try
        {
            using var document = JsonDocument.Parse(result.Output);
            var user = document.RootElement.GetProperty("Username").GetString();
            var secret = document.RootElement.GetProperty("Secret").GetString();
            return string.IsNullOrEmpty(secret) ? null : Credential.OfPair(user ?? "", secret);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Its output is a secret, so the parser's message is not passed on.
            throw GraftException.Outside($"what '{program}' says of '{host}' is not what a credential helper says");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameGrammar();
}
