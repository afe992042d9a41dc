using Graft.Core.Dockerfiles;

namespace Graft.Core.Products.Discovery;

/// <summary>Guesses the contexts of the Dockerfiles that no bake file or compose file names.</summary>
internal sealed class GuessedBuilds(RepositoryTree tree, List<string> guesses)
{
    private readonly Dictionary<Candidate, ContextGuess> contexts = [];

    /// <summary>A candidate for each of these.</summary>
    public IReadOnlyList<Candidate> Find(IEnumerable<KeyValuePair<string, Dockerfile>> dockerfiles)
    {
        foreach (var (path, dockerfile) in dockerfiles.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var guess = ContextGuess.Of(path, CopySources.Find(dockerfile, new Dictionary<string, string>()), ContextClues.Find(dockerfile), tree);
            contexts.Add(new Candidate(path, dockerfile, guess.Folder, path), guess);
        }

        return [.. contexts.Keys];
    }

    /// <summary>Says what was guessed of those that are kept; hundreds of Dockerfiles are guessed alike.</summary>
    public void Say(IEnumerable<Candidate> kept)
    {
        var further = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var open = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (path, guess) in kept.Where(contexts.ContainsKey).Select(candidate => (candidate.Path, contexts[candidate])))
        {
            guesses.AddRange(guess.Missing.Select(missing => $"{missing.Place.File}:{missing.Place.Line}: '{missing.Path}' is in no commit; what makes it belongs under `prepare`, and what it is made of under `inputs`"));
            if (guess.Folder != RepositoryTree.ParentOf(path))
            {
                Note(further, guess.Folder, path);
            }
            else if (guess.Alternative is { } other)
            {
                Note(open, other, path);
            }
        }

        guesses.AddRange(further.Select(pair => $"{PathNames.Several(pair.Value)}: the context is taken to be '{pair.Key}', where what is copied and used is"));
        guesses.AddRange(open.Select(pair => $"{PathNames.Several(pair.Value)}: the context is taken to be the Dockerfile's own folder, though what is copied is in '{pair.Key}' as well"));
    }

    private static void Note(SortedDictionary<string, List<string>> notes, string folder, string path)
    {
        if (!notes.TryGetValue(folder, out var paths))
        {
            notes[folder] = paths = [];
        }

        paths.Add(path);
    }
}
