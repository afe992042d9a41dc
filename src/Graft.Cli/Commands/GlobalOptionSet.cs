using System.CommandLine;

namespace Graft.Cli.Commands;

/// <summary>The options that every command takes, as the parser knows them.</summary>
internal sealed class GlobalOptionSet
{
    private readonly Option<string> directory = new("-C") { Description = "Run as if started in DIR", HelpName = "DIR", Recursive = true };
    private readonly Option<string> config = new("--config") { Description = "Read FILE instead of graft.yaml", HelpName = "FILE", Recursive = true };
    private readonly Option<bool> offline = new("--offline") { Description = "Ask no registry; what only it knows is reported as unchecked", Recursive = true, Arity = ArgumentArity.Zero };
    private readonly Option<bool> json = new("--json") { Description = "Write one JSON document to standard output", Recursive = true, Arity = ArgumentArity.Zero };
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Say more", Recursive = true, Arity = ArgumentArity.Zero };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Say only what went wrong", Recursive = true, Arity = ArgumentArity.Zero };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Answer every confirmation with yes", Recursive = true, Arity = ArgumentArity.Zero };
    private readonly Option<bool> noColor = new("--no-color") { Description = "Write without colour (also: NO_COLOR)", Recursive = true, Arity = ArgumentArity.Zero };

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { directory, config, offline, json, verbose, quiet, yes, noColor })
        {
            root.Options.Add(option);
        }
    }

    /// <summary>Reads them from any line, also from one that is refused: how the refusal is written depends on them.</summary>
    public GlobalOptions Read(ParseResult result)
    {
        string? Text(Option<string> option) => result.GetResult(option)?.Tokens.Select(token => token.Value).FirstOrDefault();
        bool Flag(Option<bool> option) => result.GetResult(option) is { Implicit: false };
        return new GlobalOptions
        {
            Directory = Text(directory) ?? ".",
            Config = Text(config),
            Offline = Flag(offline),
            Json = Flag(json),
            Verbose = Flag(verbose),
            Quiet = Flag(quiet),
            Yes = Flag(yes),
            NoColor = Flag(noColor),
        };
    }
}
