namespace Graft.Core.Dockerfiles;

/// <summary>Paths inside images and build contexts: always with <c>/</c>, whatever the machine.</summary>
public static class UnixPath
{
    /// <summary>
    /// The shortest equivalent path, by the rules of Go's <c>path.Clean</c>: no empty, <c>.</c> or inner <c>..</c> segments, no slash at the
    /// end; nothing becomes <c>.</c>; a <c>..</c> at the root goes away, one at the start of a relative path stays.
    /// </summary>
    public static string Clean(string path)
    {
        var rooted = path.StartsWith('/');
        var kept = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment is "" or ".")
            {
                continue;
            }

            if (segment != "..")
            {
                kept.Add(segment);
            }
            else if (kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (!rooted)
            {
                kept.Add(segment);
            }
        }

        var joined = string.Join('/', kept);
        return rooted ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    /// <summary>The clean absolute path that <paramref name="path"/> means from the absolute folder <paramref name="from"/>.</summary>
    public static string Resolve(string from, string path) => Clean(path.StartsWith('/') ? path : $"/{from}/{path}");

    /// <summary>The segments of a path, cleaned as if from the root, so that none is <c>..</c>.</summary>
    public static string[] Segments(string path)
    {
        var clean = Clean("/" + path);
        return clean == "/" ? [] : clean[1..].Split('/');
    }
}
