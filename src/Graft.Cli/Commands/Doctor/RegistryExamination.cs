using Graft.Adapters.Registry;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Cli.Commands.Doctor;

/// <summary>Every registry that a hotfix touches: the product's own, and those of the newest release's images and of what the Dockerfiles stand on.</summary>
internal sealed class RegistryExamination(Composition composition, Workspace workspace, Questioner questioner)
{
    // Who may read or push one repository of a registry may mostly do so with all that a product has there.
    private const int MostTried = 3;

    public async Task<IReadOnlyList<Finding>> AskAsync(ProductAtHead facts)
    {
        var own = workspace.Images.OwnRegistry;
        var pushes = facts.Sources.Where(_ => own is not null).Select(source => source.Image).ToLookup(image => RegistryStore.PlaceOf(image, own).Registry, StringComparer.Ordinal);
        var reads = (facts.Newest?.Entries.Select(entry => entry.Reference) ?? []).Where(reference => !facts.IsOfProduct(reference.Name)).Concat(facts.Bases)
            .DistinctBy(reference => reference.Name)
            .ToLookup(reference => reference.Name.Registry, StringComparer.Ordinal);
        var hosts = pushes.Select(group => group.Key).Concat(reads.Select(group => group.Key).Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        var layout = own is null ? [Finding.Ok($"the product's images are kept in '{workspace.Product.Registry}'")] : Array.Empty<Finding>();
        if (workspace.Images.IsOffline)
        {
            return [.. layout, .. hosts.Select(host => Finding.Note($"{host}: not asked, because of `--offline`"))];
        }

        var found = await Task.WhenAll(hosts.Select(async host => Remedied(
            host, await questioner.AskAsync($"'{host}'", token => AskAsync(host, [.. pushes[host].Take(MostTried)], [.. reads[host].Take(MostTried)], token)))));
        return [.. layout, .. found.SelectMany(findings => findings)];
    }

    // Of one that is not reached nobody knows more than that.
    private static IEnumerable<Finding> Remedied(string host, IReadOnlyList<Finding> findings) => findings.Select(finding =>
        finding is { State: FindingState.Missing, Hint: null }
            ? finding with { Hint = $"see what `curl -sSI https://{(host == ImageName.DefaultRegistry ? "registry-1.docker.io" : host)}/v2/` says; a proxy is named with `HTTPS_PROXY`" }
            : finding);

    private async Task<IReadOnlyList<Finding>> AskAsync(string host, IReadOnlyList<ImageName> pushes, IReadOnlyList<ImageReference> reads, CancellationToken cancellationToken)
    {
        var sample = pushes.Count > 0 ? RegistryStore.PlaceOf(pushes[0], workspace.Images.OwnRegistry) : reads[0].Name;
        var report = await composition.ExamineRegistryAsync(sample, cancellationToken);
        var push = Task.WhenAll(pushes.Select(image => TryAsync(() => workspace.Images.Own.CheckPushAsync(image, readsOnly: false, cancellationToken))));
        var read = Task.WhenAll(reads.Select(reference => TryAsync(() => workspace.Images.Others.ResolveAsync(reference, cancellationToken))));
        var problems = (await push).Concat(await read).OfType<Finding>().DistinctBy(finding => finding.Message).ToList();
        return problems.Count > 0 ? problems : [Finding.Ok($"{host}: {Words(report)}{(pushes.Count == 0 ? "" : $"; may be pushed to (tried: {string.Join(", ", pushes)})")}")];
    }

    private static async Task<Finding?> TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (GraftException refused) when (refused.Kind == FailureKind.Outside)
        {
            return Finding.Of(refused);
        }
    }

    private static string Words(RegistryReport report) =>
        (report.HasTls ? "TLS, " : "no TLS, ") + (report switch
        {
            { LogIn: { } source, WantsLogIn: true } => $"log-in of {(source.Helper is null ? "" : $"docker-credential-{source.Helper}, named in ")}{Home(source.File)}",
            { WantsLogIn: true } => "asked as nobody, for there is no log-in",
            _ => "wants no log-in",
        });

    private static string Home(string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 1 && path.StartsWith(home + "/", StringComparison.Ordinal) ? "~" + path[home.Length..] : path;
    }
}
