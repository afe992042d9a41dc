using Graft.Core.Bake;
using Graft.Core.Images;

namespace Graft.Core.Products.Discovery;

/// <summary>Decides what the candidates' images are called: as the manifest lists them, as they are tagged, as others are FROM them, else PRODUCT/NAME.</summary>
internal sealed class ImageNaming(DiscoveryFacts facts, ManifestNames manifest, List<string> guesses, List<string> problems)
{
    private static readonly string[] Meaningless = ["default", "image", "build", "main", "all"];

    private readonly Dictionary<ImageName, Candidate> taken = [];

    /// <summary>The candidates that have a name of their own, named; of those that would build an image a second time, the first.</summary>
    public List<Candidate> Decide(IReadOnlyList<Candidate> candidates)
    {
        var shared = NameAsTagged(candidates);
        var isTold = candidates.Where(candidate => candidate.Name is not null).ToHashSet();
        var prefix = manifest.Namespace ?? ManifestNames.CommonNamespace(isTold.Select(candidate => candidate.Name!).Concat(shared));
        var chains = new BaseChains(facts, guesses);
        chains.NameBases(candidates, ShortName);
        prefix ??= chains.Namespace ?? PathNames.Clean(facts.Owner ?? facts.Product);
        SayPrefix(prefix, [.. candidates.Where(candidate => candidate is { Name: null, Definition: null })]);
        var shorts = candidates.Where(candidate => candidate.Name is null).ToLookup(ShortName, StringComparer.Ordinal);
        var kept = new List<Candidate>();
        // What was told comes first, so that a guess gives way.
        foreach (var candidate in candidates.OrderBy(candidate => isTold.Contains(candidate) ? 0 : candidate.Name is not null ? 1 : 2))
        {
            if (Settle(candidate, prefix, shorts))
            {
                kept.Add(candidate);
            }
        }

        return [.. candidates.Where(kept.ToHashSet().Contains)];
    }

    private void SayPrefix(string prefix, List<Candidate> unnamed)
    {
        if (unnamed.Count > 0)
        {
            guesses.Add($"{PathNames.Several([.. unnamed.Select(candidate => candidate.Path)])}: no file says what the image is called; it is '{prefix}/' and the name of its folder");
        }
    }

    // A name under which several builds are told apart by their tags is none's own; such names are returned.
    private List<string> NameAsTagged(IReadOnlyList<Candidate> candidates)
    {
        var shared = new List<string>();
        foreach (var same in candidates.Where(candidate => candidate is { Name: null, Definition.Images.Count: > 0 }).GroupBy(candidate => candidate.Definition!.Images[0], StringComparer.Ordinal))
        {
            var members = same.ToList();
            if (members.Count == 1 || members.Any(member => HasOrdinaryTag(member, members)))
            {
                members.ForEach(member => member.Name = same.Key);
                continue;
            }

            shared.Add(same.Key);
            guesses.Add($"{members[0].Origin} and {members.Count - 1} more: '{same.Key}' is the name of all of them, told apart by tags; graft tells images apart by name, so each is called after its build");
        }

        return shared;
    }

    private static bool HasOrdinaryTag(Candidate candidate, List<Candidate> all)
    {
        var tags = candidate.Definition!.Tags;
        return tags.Count == 0 || tags.Any(tag => tag is "" or "latest" || tag.All(c => c == BakeValue.Gap) || all.Any(other => other != candidate && other.Definition!.Tags.Contains(tag, StringComparer.Ordinal)));
    }

    private bool Settle(Candidate candidate, string prefix, ILookup<string, Candidate> shorts)
    {
        if (candidate.Name is { } told && ImageName.TryParse(told, out var name))
        {
            if (taken.TryAdd(name, candidate))
            {
                return true;
            }

            var other = taken[name];
            if (other.Path == candidate.Path && other.Target == candidate.Target)
            {
                problems.Add($"{candidate.Origin}: '{told}' is built from '{candidate.Path}' in several ways; the one of {other.Origin} is taken");
                return false;
            }

            guesses.Add($"{candidate.Origin}: '{told}' is the name of what {other.Origin} builds, so what '{candidate.Path}' builds is called differently here");
        }

        var brief = ShortName(candidate);
        var full = candidate.Target is null ? PathNames.Long(candidate.Path) : $"{PathNames.Long(candidate.Path)}-{PathNames.Clean(candidate.Target)}";
        var attempts = (shorts[brief].Take(2).Count() > 1 ? [] : new[] { brief }).Append(full).Concat(Enumerable.Range(2, 1000).Select(number => $"{full}-{number}"));
        foreach (var attempt in attempts)
        {
            candidate.Name = $"{prefix}/{attempt}";
            if (ImageName.TryParse(candidate.Name, out var made) && taken.TryAdd(made, candidate))
            {
                return true;
            }
        }

        problems.Add($"'{candidate.Path}' has no name that an image could have; it is left out");
        return false;
    }

    private string ShortName(Candidate candidate) =>
        candidate.Definition is { } definition && !Meaningless.Contains(definition.Name, StringComparer.Ordinal)
            ? PathNames.Clean(definition.Name)
            : PathNames.Short(candidate.Path, facts.Product) + (candidate.Target is null ? "" : "-" + PathNames.Clean(candidate.Target));
}
