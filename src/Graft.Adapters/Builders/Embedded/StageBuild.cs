using Graft.Core.Dockerfiles;
using Graft.Core.Images;

namespace Graft.Adapters.Builders.Embedded;

/// <summary>Carries out the instructions of one stage.</summary>
internal sealed class StageBuild(
    StageImage image,
    BuildVariables variables,
    IReadOnlyDictionary<string, string> inherited,
    Func<StageInput, Task<CopySource>> openInput,
    ContextSources contexts,
    IImageLayoutWriter output)
{
    // A stage has the arguments of the stage that it is FROM: docker's documentation, "Scoping" of build arguments.
    private readonly Dictionary<string, string> args = new(inherited);
    private bool hasCommand;

    /// <summary>The stage's arguments, for the stages that are FROM it.</summary>
    public IReadOnlyDictionary<string, string> Args => args;

    private string Folder => image.Config.Text("WorkingDir") is { Length: > 0 } folder ? folder : "/";

    /// <summary>Carries out one instruction; <paramref name="input"/> is what its <c>--from</c> means.</summary>
    public async Task RunAsync(Instruction instruction, StageInput? input, CancellationToken cancellationToken)
    {
        if (instruction.Keyword is "COPY" or "ADD")
        {
            await CopyAsync(instruction, input, cancellationToken);
            return;
        }

        if (instruction.Keyword == "WORKDIR")
        {
            await EnterAsync(instruction, cancellationToken);
            return;
        }

        Configure(instruction);
        image.Config.Add(instruction.Text, null);
    }

    private void Configure(Instruction instruction)
    {
        var config = image.Config;
        switch (instruction.Keyword)
        {
            case "ARG":
                foreach (var (name, value) in variables.ArgsOf(instruction, Find))
                {
                    // An ARG without a value leaves what an earlier one, or the stage's base, has given it.
                    if (value is not null)
                    {
                        args[name] = value;
                    }
                }

                break;
            case "ENV":
                // All values of one ENV see the environment before it.
                foreach (var (name, value) in Pairs(instruction))
                {
                    config.SetEnv(name, value);
                }

                break;
            case "LABEL":
                foreach (var (name, value) in Pairs(instruction))
                {
                    config.SetLabel(name, value);
                }

                break;
            case "USER":
                config.SetText("User", Expand(instruction.Arguments[0], instruction));
                break;
            case "STOPSIGNAL":
                config.SetText("StopSignal", Expand(instruction.Arguments[0], instruction));
                break;
            case "MAINTAINER":
                config.SetAuthor(instruction.Arguments[0]);
                break;
            case "CMD":
                hasCommand = true;
                config.SetList("Cmd", Command(instruction));
                break;
            case "ENTRYPOINT":
                config.SetList("Entrypoint", Command(instruction));
                if (!hasCommand)
                {
                    // A base image's command was meant for the base image's entrypoint.
                    config.SetList("Cmd", null);
                }

                break;
            case "SHELL":
                config.SetList("Shell", instruction.IsJson ? instruction.Arguments : throw instruction.Location.Error("SHELL takes a JSON array, `SHELL [\"/bin/sh\", \"-c\"]`"));
                break;
            case "EXPOSE":
                foreach (var port in instruction.Arguments.SelectMany(argument => Words(argument, instruction)).SelectMany(word => Ports.Parse(word, instruction)))
                {
                    config.AddToSet("ExposedPorts", port);
                }

                break;
            case "VOLUME":
                foreach (var volume in instruction.Arguments)
                {
                    var path = Expand(volume, instruction);
                    config.AddToSet("Volumes", path.Length > 0 ? path : throw instruction.Location.Error("VOLUME names an empty path"));
                }

                break;
            case "HEALTHCHECK":
                Healthcheck.Apply(instruction, config);
                break;
            default:
                throw SupportedInstructions.Refuse(instruction, $"'{instruction.Keyword}'");
        }
    }

    private async Task EnterAsync(Instruction instruction, CancellationToken cancellationToken)
    {
        var path = UnixPath.Resolve(Folder, Expand(instruction.Arguments[0], instruction));
        image.Config.SetText("WorkingDir", path);
        var tree = await image.GetTreeAsync(cancellationToken);
        if (tree.Find(path) is { } node)
        {
            if (node.Kind != TreeNodeKind.Folder)
            {
                throw instruction.Location.Error($"'{path}' is not a folder in the image");
            }

            image.Config.Add(instruction.Text, null);
            return;
        }

        var changes = new LayerChanges(tree);
        changes.MakeFolder(path, new FileOwner(0, 0));
        await AddLayerAsync(changes, instruction, cancellationToken);
    }

    private async Task CopyAsync(Instruction instruction, StageInput? input, CancellationToken cancellationToken)
    {
        var linked = instruction.FindFlag("link") is { } link && link != "false";
        var tree = await image.GetTreeAsync(cancellationToken);
        // `--link` makes a layer that does not look at what is below it.
        var below = linked ? FileTree.Empty() : tree;
        var source = input is null ? contexts.Main : await openInput(input);
        var words = instruction.Arguments.Select(argument => instruction.FindHeredoc(argument) is null ? Expand(argument, instruction) : argument).ToList();
        var copy = new CopyRequest(
            instruction,
            words[..^1],
            words[^1],
            UnixPath.Resolve(Folder, words[^1]),
            instruction.FindFlag("chown") is { Length: > 0 } chown ? await FileOwner.ParseAsync(Expand(chown, instruction), below, instruction, cancellationToken) : null,
            instruction.FindFlag("chmod") is { Length: > 0 } chmod ? FileOwner.ParseMode(Expand(chmod, instruction), instruction) : null,
            heredoc => heredoc.Expand ? ExpandHeredoc(heredoc.Content, instruction) : heredoc.Content);
        var changes = new LayerChanges(below);
        await new Copier(source, copy, changes).RunAsync(cancellationToken);
        if (linked)
        {
            changes.ApplyTo(tree);
        }

        await AddLayerAsync(changes, instruction, cancellationToken);
    }

    private async Task AddLayerAsync(LayerChanges changes, Instruction instruction, CancellationToken cancellationToken)
    {
        var layer = await output.AddAsync(MediaTypes.OciLayer, async (stream, token) =>
        {
            var tar = new TarWriter(stream);
            foreach (var (path, node) in changes.Entries)
            {
                await tar.WriteAsync(path, node, token);
            }

            tar.Finish();
        }, cancellationToken);
        image.Add(layer, instruction.Text);
    }

    private string? Find(string name) => image.Config.FindEnv(name) ?? args.GetValueOrDefault(name);

    private string Expand(string word, Instruction instruction) => variables.Expand(word, instruction.Location, Find);

    private IReadOnlyList<string> Words(string text, Instruction instruction)
    {
        try
        {
            return new ShellText('\\', Find).Split(text);
        }
        catch (FormatException malformed)
        {
            throw instruction.Location.Error($"'{text}' cannot be substituted: {malformed.Message}");
        }
    }

    private string ExpandHeredoc(string content, Instruction instruction)
    {
        try
        {
            return new ShellText('\\', Find) { IgnoreQuotes = true }.Expand(content);
        }
        catch (FormatException malformed)
        {
            throw instruction.Location.Error($"the inline file cannot be substituted: {malformed.Message}");
        }
    }

    private List<KeyValuePair<string, string>> Pairs(Instruction instruction) =>
        [.. instruction.Arguments.Chunk(2).Select(pair => KeyValuePair.Create(Expand(pair[0], instruction), Expand(pair[1], instruction)))];

    private IEnumerable<string> Command(Instruction instruction)
    {
        if (instruction.IsJson || instruction.Arguments.Count == 0)
        {
            return instruction.Arguments;
        }

        var shell = image.Config.List("Shell") is { Count: > 0 } own ? own : ["/bin/sh", "-c"];
        return shell.Append(instruction.Arguments[0]);
    }
}
