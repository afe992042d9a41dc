using Graft.Core.Failures;
using Graft.Core.Yaml;
using YamlDotNet.Core.Events;

namespace Graft.Core.Releases;

/// <summary>What a list of releases shows of a manifest: name, commit, date where there is one, and the base when it is a hotfix.</summary>
public sealed record ManifestHeader(ReleaseName Name, CommitId Commit, DateTimeOffset? ReleasedAt, ReleaseName? Of)
{
    /// <summary>
    /// Reads no further than it must: what comes after the last thing looked for is not checked. For a file that
    /// <see cref="Manifest.Parse"/> takes, the answer is that one's; input failures are that one's too.
    /// </summary>
    public static ManifestHeader Read(ReadOnlyMemory<byte> bytes, string file) =>
        Skim(bytes.Span, file) ?? Manifest.Parse(bytes, file).Content.Header;

    // Null for whatever is out of the ordinary (aliases, errors): the whole reader knows what to say to that.
    private static ManifestHeader? Skim(ReadOnlySpan<byte> bytes, string file)
    {
        try
        {
            var skim = new HeaderSkim(bytes);
            return skim.Read(new YamlEvents(YamlText.Decode(bytes, file)));
        }
        catch (GraftException)
        {
            return null;
        }
    }

    /// <summary>Looks at top-level keys until all that the bytes can hold is found.</summary>
    private ref struct HeaderSkim(ReadOnlySpan<byte> bytes)
    {
        // A key may hide behind escapes in double quotes; where there is a backslash nothing is known without reading on.
        private readonly bool escapes = bytes.Contains((byte)'\\');
        private readonly bool mayBeHotfix = bytes.IndexOf("hotfix"u8) >= 0;
        private readonly bool mayHaveDate = bytes.IndexOf("released_at"u8) >= 0;
        private string? name;
        private string? commit;
        private string? date;
        private string? of;

        private readonly bool IsComplete =>
            name is not null && commit is not null && !escapes && (date is not null || !mayHaveDate) && (of is not null || !mayBeHotfix);

        public ManifestHeader? Read(YamlEvents events)
        {
            while (events.Next() is StreamStart or DocumentStart)
            {
            }

            if (events.Current is not MappingStart)
            {
                return null;
            }

            while (!IsComplete && events.Next() is not MappingEnd)
            {
                if (events.Current is not Scalar key)
                {
                    return null;
                }

                events.Next();
                if (!Take(key.Value, events))
                {
                    return null;
                }
            }

            return Result();
        }

        private bool Take(string key, YamlEvents events) => key switch
        {
            "name" => TakeText(ref name, events.Current),
            "commit" => TakeText(ref commit, events.Current),
            "released_at" => TakeText(ref date, events.Current),
            "hotfix" => TakeOf(events),
            _ => Skip(events),
        };

        private static bool TakeText(ref string? place, ParsingEvent value)
        {
            if (value is not Scalar scalar || place is not null)
            {
                return false;
            }

            place = scalar.Value;
            return true;
        }

        private bool TakeOf(YamlEvents events)
        {
            if (events.Current is not MappingStart || of is not null)
            {
                return false;
            }

            while (events.Next() is not MappingEnd)
            {
                if (events.Current is not Scalar key)
                {
                    return false;
                }

                events.Next();
                if (!(key.Value == "of" ? TakeText(ref of, events.Current) : Skip(events)))
                {
                    return false;
                }
            }

            return of is not null;
        }

        private static bool Skip(YamlEvents events)
        {
            var depth = events.Current.NestingIncrease;
            while (depth is > 0 and <= YamlReader.MaximumDepth)
            {
                depth += events.Next().NestingIncrease;
            }

            return depth == 0;
        }

        private readonly ManifestHeader? Result()
        {
            var time = date is null ? null : ManifestTimestamp.TryParse(date);
            ReleaseName? origin = null;
            return ReleaseName.TryParse(name, out var release)
                && CommitId.TryParse(commit, out var id)
                && (date is null || time is not null)
                && (of is null || ReleaseName.TryParse(of, out origin))
                ? new ManifestHeader(release, id, time, origin)
                : null;
        }
    }
}
