using System.Runtime.InteropServices;
using Graft.Adapters.Processes;
using Graft.Core.Dockerfiles;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Products;

namespace Graft.Adapters.Builders.Programs;

/// <summary>Builds one image for one platform: lends the bases, builds, takes the image over.</summary>
internal sealed class ProgramBuild(
    BuildProgram program, BuilderStorage storage, IReadOnlyList<string> options, IImageLayouts layouts, BuildRequest request, BuildFolder folder, StorageNames names, SharedBases shared)
{
    private readonly SecretMask mask = SecretMask.Of(request.Secrets);
    private readonly LentBases bases = new(request.Images, names.Base);

    // What BUILDPLATFORM is: a builder runs on this machine, or in a virtual one of its kind.
    private static Platform Native => new("linux", RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    });

    /// <summary>The image's manifest in the output, with its platform.</summary>
    public async Task<Descriptor> RunAsync(Platform platform, IImageLayoutWriter output, CancellationToken cancellationToken)
    {
        var source = request.Source;
        var text = folder.Read(source.Dockerfile) ?? throw GraftException.Input($"the Dockerfile '{source.Dockerfile}' is not there");
        var dockerfile = Dockerfile.Parse(text, source.Dockerfile);
        var graph = StageGraph.Resolve(dockerfile, source.Target, new BuildVariables(dockerfile, source.Args, platform, source.Target, Native), source.Contexts.Keys);
        var written = folder.Write(PinnedDockerfile.Write(text, dockerfile, graph, (stage, input) => bases.NameOf(stage, input, platform)));

        var contexts = FolderContexts(graph);
        foreach (var context in contexts.Values.Append(folder.Context).Distinct(StringComparer.Ordinal))
        {
            folder.SetTimes(context);
        }

        foreach (var lent in bases.All)
        {
            await LendAsync(lent, contexts, cancellationToken);
        }

        var call = new BuildCall
        {
            Dockerfile = written.Dockerfile,
            IgnoreFile = written.IgnoreFile,
            Context = folder.Context,
            Target = source.Target,
            Platform = platform,
            Args = source.Args,
            Contexts = contexts,
            Secrets = request.Secrets,
            Options = options,
            Time = request.CommittedAt.ToUnixTimeSeconds(),
            AsksForTime = graph.Stages.SelectMany(stage => stage.Stage.Instructions).Any(AsksForTime),
            Name = names.Built(platform),
            Archive = $"{names.Built(platform).Split(':')[^1]}.tar",
        };
        await BuildAsync(call, cancellationToken);
        if (program.HasStorage)
        {
            await storage.RunAsync(program.Save(call.Name, call.Archive), folder.Path, cancellationToken);
        }

        var archive = await ImageArchive.OpenAsync(folder.At(call.Archive), cancellationToken);
        var manifest = await new BuiltImage(archive, bases, request.CommittedAt, output).TakeOverAsync(platform, cancellationToken);
        File.Delete(folder.At(call.Archive));
        return manifest;
    }

    private static bool AsksForTime(Instruction instruction) =>
        instruction.Keyword == "ARG" && instruction.Arguments.Any(argument => argument.Split('=')[0] == "SOURCE_DATE_EPOCH");

    private Dictionary<string, string> FolderContexts(StageGraph graph) => graph.Stages
        .SelectMany(stage => stage.Inputs.Prepend(stage.Base))
        .Where(input => input.Kind == StageInputKind.Context && !request.Images.ContainsKey(input.Text))
        .DistinctBy(input => input.Text)
        .ToDictionary(
            input => input.Text,
            input => folder.FolderOf(request.Source.Contexts[input.Text])
                ?? throw input.Instruction.Location.Error($"the named context '{input.Text}' is neither a folder of the repository nor an image: '{request.Source.Contexts[input.Text]}'"),
            StringComparer.Ordinal);

    private async Task LendAsync(LentBase lent, Dictionary<string, string> contexts, CancellationToken cancellationToken)
    {
        var hex = lent.Manifest.Digest.Hex[..16];
        if (!program.HasStorage)
        {
            contexts[lent.Name] = $"oci-layout://base-{hex}@{lent.Manifest.Digest}";
            if (!Directory.Exists(folder.At($"base-{hex}")))
            {
                await WriteLayoutAsync(folder.At($"base-{hex}"), lent, cancellationToken);
            }

            return;
        }

        await shared.LendAsync(lent.Name, async () =>
        {
            var archive = $"base-{hex}.tar";
            await ImageArchiveWriter.WriteAsync(folder.At(archive), lent.Name, lent.Manifest with { Platform = null }, lent.Image.Content, cancellationToken);
            await storage.RunAsync(program.Load(archive), folder.Path, cancellationToken);
            File.Delete(folder.At(archive));
        });
    }

    private async Task WriteLayoutAsync(string path, LentBase lent, CancellationToken cancellationToken)
    {
        var layout = layouts.Create(path);
        var manifest = lent.Manifest with { Platform = null };
        var document = ImageManifest.Parse(await lent.Image.Content.ReadDocumentAsync(manifest, cancellationToken), manifest.Digest.ToString());
        foreach (var blob in document.Layers.Append(document.Config).Append(manifest))
        {
            await layout.AddAsync(blob, lent.Image.Content, cancellationToken);
        }

        await layout.CompleteAsync(manifest, cancellationToken);
    }

    private async Task BuildAsync(BuildCall call, CancellationToken cancellationToken)
    {
        var last = "it said nothing";
        string? hint = null;
        var exitCode = await storage.StreamAsync(program.Build(call), folder.Path, call.Time, Say, cancellationToken);
        if (exitCode != 0)
        {
            throw GraftException.Outside($"{program.Name} failed to build '{request.Source.Image}' with exit code {exitCode}: {Redaction.Of(last)}", hint);
        }

        void Say(string line)
        {
            var shown = bases.Restore(mask.Cover(line));
            if (!string.IsNullOrWhiteSpace(shown))
            {
                last = shown.Trim();
            }

            hint ??= program.HintFor(shown);
            request.Log.Report(shown);
        }
    }
}
