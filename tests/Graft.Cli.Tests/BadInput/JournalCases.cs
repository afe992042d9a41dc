using System.Text;
using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>The journal of a run that was cut off. It only says where to look, so lines that cannot be read are passed over.</summary>
public sealed class JournalCases : IBadCases
{
    private const string Name = LivedInSample.CutOff;
    private const string Folder = $".graft/runs/{Name}";
    private const string Journal = $"{Folder}/journal.jsonl";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        PassedOver("a line cut in the middle", product => File.AppendAllText(product.At(Journal), "{\"at\":\"2025-11-25T12:0"), "build acme/api"),
        PassedOver("lines that are no text", product => product.WriteBytes(Journal, [0xFF, 0xFE, 0, (byte)'\n', 0xC3, (byte)'\n']), "interrupted"),
        PassedOver("lines of other things", product => product.Write(Journal, "null\n[]\n5\n\"finished\"\n{}\n{\"event\":null}\n{\"event\":5}\n{\"at\":\"x\",\"event\":\"finished\"}\n"), "interrupted"),
        PassedOver("a line of a thousand levels", product => product.Write(Journal, Repeat("{\"a\":", 1000) + "\n"), "interrupted"),
        PassedOver("half a character", product => product.Write(Journal, "{\"at\":\"2025-11-25T12:00:00+00:00\",\"event\":\"started\",\"operation\":\"\\ud800\"}\n"), "interrupted"),
        PassedOver("nothing", product => product.Write(Journal, ""), "interrupted"),
        PassedOver("no journal", product => File.Delete(product.At(Journal)), "interrupted"),
        PassedOver("UTF-16", product => product.Encode(Journal, Encoding.Unicode), "interrupted"),
        PassedOver("a terminal's escapes", product => product.Write(Journal, "{\"at\":\"2025-11-25T12:00:00+00:00\",\"event\":\"started\",\"operation\":\"\\u001b[2J\\nforged\"}\n"), "\uFFFD[2J\uFFFDforged"),
        Refused("a hundred megabytes", product => product.Enlarge(Journal), $"'{Journal}' is larger than 64 MiB"),
        Refused("a pipe", product => product.Pipe(Journal), $"'{Journal}' is a pipe or a device, not a file"),
        Refused("a folder", product => product.Folder(Journal), $"'{Journal}' is a folder, not a file"),
        Refused("a link away", product => product.LinkAway(Journal), "'journal.jsonl' cannot be the name of a file", "is a symbolic link"),
        Refused("a file that nobody may read", product => product.Close(Journal), $"'{Journal}' cannot be read: permission denied"),
        Resumed("a hundred megabytes", product => product.Enlarge(Journal), $"'{Journal}' is larger than 64 MiB"),
        Resumed("a pipe", product => product.Pipe(Journal), $"'{Journal}' is a pipe or a device, not a file"),
        Resumed("a folder", product => product.Folder(Journal), $"'{Journal}' is a folder, not a file"),
        Resumed("a link away", product => product.LinkAway(Journal), "'journal.jsonl' cannot be the name of a file", "is a symbolic link"),
        Resumed("a lock that leads away", product => product.LinkAway($"{Folder}/lock"), "'lock' cannot be the name of a file", "is a symbolic link"),
        Resumed("a lock that is a pipe", product => product.Pipe($"{Folder}/lock"), "lock' is a pipe or a device, not a file"),
        Resumed("a lock that is a folder", product => product.Folder($"{Folder}/lock"), "lock' is a folder, not a file"),
        Refused("a lock that leads away", product => product.LinkAway($"{Folder}/lock"), "'lock' cannot be the name of a file", "is a symbolic link"),
        Refused("a lock that is a pipe", product => product.Pipe($"{Folder}/lock"), "lock' is a pipe or a device, not a file"),
        new("no lock, listed", Typed("hotfix runs"), 0) { Break = product => File.Delete(product.At($"{Folder}/lock")), Shows = [LivedInSample.Draft, Name] },
    ];

    private static BadCase PassedOver(string name, Action<SampleProduct> spoil, string shows) =>
        new($"passed over: {name}", Typed("hotfix runs"), 0) { Break = spoil, Shows = [LivedInSample.Draft, Name, shows] };

    private static BadCase Refused(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"listed: {name}", Typed("hotfix runs"), 0, ["warning: ", .. says]) { Break = spoil, Shows = [LivedInSample.Draft] };

    private static BadCase Resumed(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"carried on: {name}", Typed($"hotfix resume {Name}"), 4, ["error: ", .. says]) { Break = spoil };
}
