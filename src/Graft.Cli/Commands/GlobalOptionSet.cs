using System.CommandLine;

namespace Graft.Cli.Commands;

/// <summary>The options that every command takes, as the parser knows them.</summary>
internal sealed class GlobalOptionSet
{
    private readonly Option<string> directory = new("-C") { Description = "Run as if started in DIR", HelpName = "DIR", Recursive = true };
    private readonly Option<string> config = new("--config") { Description = "Read FILE instead of graft.yaml", HelpName = "FILE", Recursive = true };
    private readonly Option<bool> offline = new("--offline") { Description = "Ask no registry; what only it knows is reported as unchecked", Recursive = true };
    private readonly Option<bool> json = new("--json") { Description = "Write one JSON document to standard output", Recursive = true };
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Say more", Recursive = true };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Say only what went wrong", Recursive = true };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Answer every confirmation with yes", Recursive = true };
    private readonly Option<bool> noColor = new("--no-color") { Description = "Write without colour (also: NO_COLOR)", Recursive = true };

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { directory, config, offline, json, verbose, quiet, yes, noColor })
        {
            root.Options.Add(option);
        }
    }

    public GlobalOptions Read(ParseResult result) => new()
    {
        Directory = result.GetValue(directory) ?? ".",
        Config = result.GetValue(config),
        Offline = result.GetValue(offline),
        Json = result.GetValue(json),
        Verbose = result.GetValue(verbose),
        Quiet = result.GetValue(quiet),
        Yes = result.GetValue(yes),
        NoColor = result.GetValue(noColor),
    };
}
