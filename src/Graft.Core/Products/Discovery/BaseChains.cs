using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;

namespace Graft.Core.Products.Discovery;

/// <summary>Finds the candidates that other Dockerfiles stand on: their FROM names the image that a folder of the same name builds.</summary>
internal sealed class BaseChains(DiscoveryFacts facts, List<string> guesses)
{
    // Names of docker's own images, which a folder may well have without being where they come from.
    private static readonly string[] Official =
    [
        "alpine", "busybox", "debian", "ubuntu", "centos", "fedora", "node", "python", "golang", "ruby", "php", "openjdk", "eclipse-temurin", "maven", "gradle", "rust", "nginx", "httpd",
        "traefik", "caddy", "haproxy", "redis", "postgres", "mysql", "mariadb", "mongo", "memcached", "rabbitmq", "elasticsearch", "kibana", "logstash", "docker", "registry", "wordpress",
        "amazonlinux", "oraclelinux", "rockylinux", "almalinux", "tomcat", "jetty", "kafka", "zookeeper", "influxdb", "telegraf", "grafana", "consul", "vault", "nats", "perl", "swift", "bash",
    ];

    /// <summary>What the product's own account puts before its images' names, as FROM lines have it; null where none does.</summary>
    public string? Namespace { get; private set; }

    /// <summary>Names the candidates that are still without a name and that others stand on.</summary>
    public void NameBases(IReadOnlyList<Candidate> candidates, Func<Candidate, string> shortName)
    {
        var bases = candidates.ToDictionary(candidate => candidate, Bases);
        var known = candidates.Where(candidate => candidate.Name is not null).Select(candidate => ImageName.Parse(candidate.Name!)).ToHashSet();
        foreach (var (user, reference) in bases.SelectMany(pair => pair.Value.Select(reference => (pair.Key, reference))))
        {
            if (NameOf(reference.Text) is not { } name || known.Contains(name) || !MayBeOwn(name, reference.Text))
            {
                continue;
            }

            var last = LastOf(name.Text);
            var makers = candidates
                .Where(candidate => candidate != user && candidate.Name is null && candidate.Target is null)
                .Where(candidate => shortName(candidate) is var brief && (brief == last || $"{PathNames.Clean(facts.Product)}-{brief}" == last))
                .Where(candidate => !bases[candidate].Any(own => NameOf(own.Text) == name))
                .Take(2).ToList();
            if (makers.Count == 1)
            {
                makers[0].Name = name.Text;
                known.Add(name);
                Namespace ??= IsOwnNamespace(name) ? name.Text[..name.Text.LastIndexOf('/')] : null;
                guesses.Add($"{reference.Location.File}:{reference.Location.Line}: '{reference.Text}' is taken for what '{makers[0].Path}' builds");
            }
        }
    }

    /// <summary>
    /// Gives a value to each ARG without a default that a FROM line is made of, where its name says which image is meant (<c>BASE_IMAGE</c> and an
    /// image <c>base</c>); reports the others.
    /// </summary>
    public void FillArguments(IReadOnlyList<Candidate> candidates, List<string> problems)
    {
        foreach (var candidate in candidates)
        {
            var global = candidate.Dockerfile.GlobalArgs.SelectMany(arg => arg.Arguments).ToList();
            foreach (var stage in candidate.Dockerfile.Stages)
            {
                if (Variable(stage.Base) is not { } name || candidate.Args.ContainsKey(name) || !global.Contains(name, StringComparer.Ordinal))
                {
                    continue;
                }

                var meant = PathNames.Clean(name.Replace("_IMAGE", "", StringComparison.Ordinal).Replace("IMAGE_", "", StringComparison.Ordinal)).Replace('_', '-');
                var makers = candidates.Where(other => other != candidate && LastOf(other.Name!) == meant).Take(2).ToList();
                if (makers.Count == 1)
                {
                    candidate.Args[name] = makers[0].Name!;
                    guesses.Add($"{stage.From.Location.File}:{stage.From.Location.Line}: '{name}' has no default; it is taken for '{makers[0].Name}'");
                }
                else
                {
                    problems.Add($"{stage.From.Location.File}:{stage.From.Location.Line}: '{name}' has no default, so what '{candidate.Name}' stands on is not known; give it under `args`");
                }
            }
        }
    }

    /// <summary>
    /// Says by a named context which image is meant where a FROM line has the product's own image under another registry or account than the one that
    /// it is listed under.
    /// </summary>
    public void LinkBases(IReadOnlyList<Candidate> candidates)
    {
        var known = candidates.Select(candidate => ImageName.Parse(candidate.Name!)).ToHashSet();
        var byLast = candidates.ToLookup(candidate => LastOf(candidate.Name!), StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            foreach (var reference in Bases(candidate))
            {
                if (NameOf(reference.Text) is not { } name || known.Contains(name) || !name.Text.Contains('/', StringComparison.Ordinal) || !MayBeOwn(name, reference.Text))
                {
                    continue;
                }

                var makers = byLast[LastOf(name.Text)].Where(other => other != candidate && !Bases(other).Any(own => NameOf(own.Text) == name)).Take(2).ToList();
                if (makers.Count == 1)
                {
                    candidate.Contexts[reference.Text] = makers[0].Name!;
                    guesses.Add($"{reference.Location.File}:{reference.Location.Line}: '{reference.Text}' is taken for '{makers[0].Name}'");
                }
            }
        }
    }

    private static string LastOf(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string? Variable(string text) =>
        text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}') && text[2..^1] is var braced && IsName(braced) ? braced
        : text.StartsWith('$') && IsName(text[1..]) ? text[1..]
        : null;

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static IReadOnlyList<BaseReference> Bases(Candidate candidate)
    {
        try
        {
            return [.. DockerfileBases.Find(candidate.Dockerfile, candidate.Target, candidate.Args, candidate.Contexts.Keys, [Platform.Default]).Where(reference => !reference.IsContext)];
        }
        catch (GraftException)
        {
            // A variable without a value, a stage that is not there: said where it matters.
            return [];
        }
    }

    private static ImageName? NameOf(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var text = at < 0 ? reference : reference[..at];
        var colon = text.LastIndexOf(':');
        return ImageName.TryParse(colon > text.LastIndexOf('/') ? text[..colon] : text, out var name) ? name : null;
    }

    // Somebody else's image of that name would have a version to it.
    private bool MayBeOwn(ImageName name, string reference) =>
        name.Text.Contains('/', StringComparison.Ordinal)
            ? IsOwnNamespace(name) || reference.EndsWith(":latest", StringComparison.Ordinal) || reference.EndsWith(":dev", StringComparison.Ordinal)
                || reference.EndsWith(":local", StringComparison.Ordinal) || reference == name.Text
            : !Official.Contains(name.Text, StringComparer.Ordinal);

    private bool IsOwnNamespace(ImageName name) =>
        name.Text.Split('/').SkipLast(1).Any(part => part == PathNames.Clean(facts.Product) || part.Equals(facts.Owner, StringComparison.OrdinalIgnoreCase));
}
