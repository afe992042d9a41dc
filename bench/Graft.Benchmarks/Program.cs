using System.Diagnostics;
using System.Text;
using Graft.Core.Images;
using Graft.Core.Releases;

// Times the edit of a manifest of 1,000 entries as a hotfix does it: parse, splice two entries and the header, read again, compare.
const int Entries = 1000;
const int Warm = 200;
const int Rounds = 200;

var text = new StringBuilder("name: 3.2.202501010000\ncommit: 5c1f0a7700000000000000000000000000000000\nreleased_at: 2025-01-01T00:00:00+00:00\nimages:\n");
for (var index = 0; index < Entries / 2; index++)
{
    text.Append($"  acme/service-{index:000}: 3.2.202412310000-0a1b2c3d\n");
}

text.Append("core_images:   # what others make\n");
for (var index = 0; index < Entries / 2; index++)
{
    text.Append($"  - registry.example.org/vendor/part-{index:000}:{index}.{index % 7}.{index % 3}\n");
}

var bytes = Encoding.UTF8.GetBytes(text.ToString());
var first = default(double);
var parses = new List<double>();
var edits = new List<double>();
for (var round = 0; round < Warm + Rounds; round++)
{
    var start = Stopwatch.GetTimestamp();
    var manifest = Manifest.Parse(bytes, "bench.yaml");
    var parsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    var edit = new ManifestEdit(
        ReleaseName.Parse("3.2.202501020000"),
        CommitId.Parse("77aa00bb00000000000000000000000000000000"),
        new DateTimeOffset(2025, 1, 2, 0, 0, 0, TimeSpan.Zero),
        manifest.Name,
        [new EntryEdit(manifest.Entries[100], null, ImageVersion.Parse("3.2.202501020000-77aa00bb"))],
        [new EntryEdit(manifest.Entries[900], null, ImageVersion.Parse("9.9.9"))]);
    var written = ManifestEditor.Apply(manifest, edit);
    var all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    if (written.Length <= bytes.Length)
    {
        throw new InvalidOperationException("the edit wrote less than it read");
    }

    if (round == 0)
    {
        first = all;
    }
    else if (round >= Warm)
    {
        parses.Add(parsed);
        edits.Add(all);
    }
}

parses.Sort();
edits.Sort();
Console.WriteLine($"manifest of {Entries} entries, {bytes.Length} bytes, median of {Rounds}");
Console.WriteLine($"read               {parses[Rounds / 2],8:0.00} ms");
Console.WriteLine($"read and edit      {edits[Rounds / 2],8:0.00} ms   least {edits[0]:0.00}, most {edits[^1]:0.00}");
Console.WriteLine($"the first of all   {first,8:0.00} ms   (with the JIT's work)");
