using System.Text;
using Graft.Testing;
using static Graft.Cli.Tests.BadInput.BadCase;
using static Graft.Cli.Tests.BadInput.Spoil;

namespace Graft.Cli.Tests.BadInput;

/// <summary>The plan of a run that was cut off: what is carried out, so nothing of it may be taken on trust.</summary>
public sealed class PlanCases : IBadCases
{
    private const string Name = LivedInSample.CutOff;
    private const string Plan = $".graft/runs/{Name}/plan.json";
    private const string Not = $"error: '{Plan}' cannot be carried out: ";

    public static IReadOnlyList<BadCase> All { get; } =
    [
        Carried("nothing", product => product.Write(Plan, ""), $"error: {Plan}:1:1: the plan is not JSON that can be read"),
        Carried("cut in the middle", product => product.Cut(Plan, 1000), $"error: {Plan}:", "the plan is not JSON that can be read"),
        Carried("null", product => product.Write(Plan, "null"), $"error: '{Plan}' is not a plan that this version of graft reads"),
        Carried("an object of nothing", product => product.Write(Plan, "{}"), $"error: {Plan}:1:", "the plan is not what it should be"),
        Carried("a list", product => product.Write(Plan, "[]"), $"error: {Plan}:1:"),
        Carried("a thousand levels", product => product.Write(Plan, Repeat("[", 1000)), $"error: {Plan}:1:"),
        Carried("UTF-16", product => product.Encode(Plan, Encoding.Unicode), $"error: {Plan}:1:1: the plan is not JSON that can be read"),
        Carried("a hundred megabytes", product => product.Enlarge(Plan), $"error: '{Plan}' is larger than 64 MiB"),
        Carried("a pipe", product => product.Pipe(Plan), $"error: '{Plan}' is a pipe or a device, not a file"),
        Carried("a folder", product => product.Folder(Plan), $"error: '{Plan}' is a folder, not a file"),
        Carried("a link away", product => product.LinkAway(Plan), "error: 'plan.json' cannot be the name of a file", "is a symbolic link"),
        Carried("a file that nobody may read", product => product.Close(Plan), $"error: '{Plan}' cannot be read: permission denied"),
        Carried("a run folder that leads away", product => product.LinkAway($".graft/runs/{Name}"), $"error: '{Name}' cannot be the name of a file", "is a symbolic link"),
        Edit("a schema to come", "\"schema\": 1", "\"schema\": 2", "is not a plan that this version of graft reads"),
        Edit("a key that is there twice", "\"schema\": 1", "\"schema\": 1, \"schema\": 1", $"error: {Plan}:2:"),
        Edit("another name", $"\"name\": \"{Name}\"", "\"name\": \"3.2.203001030000\"", Not, "is no place for the manifest of '3.2.203001030000'"),
        Carried("the plan of another", product => File.Copy(product.At($".graft/runs/{LivedInSample.Draft}/plan.json"), product.At(Plan), overwrite: true), Not, $"it is the plan of '{LivedInSample.Draft}'"),
        Edit("a name that leads out", $"\"name\": \"{Name}\"", "\"name\": \"../x\"", $"error: {Plan}:3:", "'../x' is not a release name"),
        Edit("a manifest that leads out", $"\"manifestPath\": \"releases/{Name}.yaml\"", $"\"manifestPath\": \"../{Name}.yaml\"", Not, $"'../{Name}.yaml' is no place for the manifest"),
        Edit("an absolute manifest", $"\"manifestPath\": \"releases/{Name}.yaml\"", $"\"manifestPath\": \"/{Name}.yaml\"", Not, $"'/{Name}.yaml' is no place for the manifest"),
        Edit("a manifest among git's own files", $"\"manifestPath\": \"releases/{Name}.yaml\"", "\"manifestPath\": \".git/config\"", Not, "'.git/config' is no place for the manifest"),
        Edit("a lock that leads out", $"\"lockPath\": \"releases/{Name}.lock.json\"", $"\"lockPath\": \"releases/../../{Name}.lock.json\"", Not, "is no place for the lock"),
        Edit("an asset that leads out", $"\"manifestAsset\": \"{Name}.yaml\"", "\"manifestAsset\": \"../../x.yaml\"", Not, "'../../x.yaml' is no name for the draft's manifest"),
        Edit("a lock's asset that leads out", $"\"lockAsset\": \"{Name}.lock.json\"", "\"lockAsset\": \"../../x.json\"", Not, "'../../x.json' is no name for the draft's lock"),
        Edit("a tag that looks like an option", $"\"tag\": \"v{Name}\"", "\"tag\": \"--upload-pack=x\"", Not, "'--upload-pack=x' is not the name of a tag"),
        Edit("a tag that leads out", $"\"tag\": \"v{Name}\"", "\"tag\": \"../../x\"", Not, "'../../x' is not the name of a tag"),
        Edit("a Dockerfile that leads out", "\"dockerfile\": \"src/api/Dockerfile\"", "\"dockerfile\": \"../../Dockerfile\"", Not, "'../../Dockerfile' is no Dockerfile of the repository"),
        Edit("a context that leads out", "\"context\": \"src/api\"", "\"context\": \"/\"", Not, "'/' is no folder of the repository"),
        Edit("a program that leads out", "src/api/prepare.sh", "../../prepare.sh", Not, "'../../prepare.sh' is no program of the repository"),
        Edit("an image that leads out", "\"reference\": \"acme/api:", "\"reference\": \"../../api:", $"error: {Plan}:", "is not an image reference"),
        Edit("an image under another tag", $"\"reference\": \"acme/api:{Name}-", "\"reference\": \"acme/api:latest-", Not, "is not what a build of 'acme/api' is called"),
        Edit("a commit that looks like an option", "\"commit\": \"", "\"commit\": \"--all", $"error: {Plan}:5:", "is not a commit"),
        Edit("an operation of a kind that nobody knows", "\"$type\": \"push\"", "\"$type\": \"erase\"", $"error: {Plan}:"),
        Edit("an operation of no kind", "\"$type\": \"push\",", "", $"error: '{Plan}' is not a plan that this version of graft reads"),
        Edit("an operation on another image", "\"$type\": \"push\",\n      \"image\": \"acme/api\"", "\"$type\": \"push\",\n      \"image\": \"acme/web\"", Not, "nothing builds 'acme/web'"),
        Edit("an operation on another path", $"\"$type\": \"manifest\",\n      \"path\": \"releases/{Name}.yaml\"", "\"$type\": \"manifest\",\n      \"path\": \"x.yaml\"", Not, "'write x.yaml' is no operation of it"),
        Edit("an operation that waits for nothing that comes", "\"build acme/api\"\n", "\"build acme/web\"\n", Not, "no order of its operations"),
        Edit("operations that wait for each other", "\"after\": []", "\"after\": [\"push acme/api\"]", Not, "no order of its operations"),
        Edit("no operation where one belongs", "\"operations\": [", "\"operations\": [null,", Not, "it holds null"),
        Edit("no build where one belongs", "\"builds\": [", "\"builds\": [null,", Not, "it holds null"),
        Edit("a builder that nobody knows", "\"with\": \"embedded\"", "\"with\": \"sh\"", Not, "'sh' is no builder"),
        Edit("a manifest that is none", "\"manifest\": \"", "\"manifest\": \"AAAA", Not, "its manifest is malformed"),
        Edit("a manifest of another release", $"\"base\": \"{Release}\"", "\"base\": \"3.2.202501010000\"", Not, "its manifest is not that of a hotfix of '3.2.202501010000'"),
        new("a commit that is not here", Typed($"hotfix resume {Name}"), 5, "error: cannot check out '5c1f0a77': ", $"carry on with `graft hotfix resume {Name}`")
        {
            MayChange = [$"product/.graft/runs/{Name}/", "user/cache"],
            Break = product => product.Write(Plan, product.Read(Plan)
                .Replace(product.Fix.ToString(), Elsewhere, StringComparison.Ordinal)
                .Replace(product.Fix.Short, Elsewhere[..8], StringComparison.Ordinal)
                .Replace(ManifestOf(product), Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Convert.FromBase64String(ManifestOf(product))).Replace(product.Fix.ToString(), Elsewhere, StringComparison.Ordinal))), StringComparison.Ordinal)),
        },
        Listed("nothing", product => product.Write(Plan, ""), $"warning: {Plan}:1:1: the plan is not JSON that can be read"),
        Listed("a pipe", product => product.Pipe(Plan), $"warning: '{Plan}' is a pipe or a device, not a file"),
        Listed("a file that nobody may read", product => product.Close(Plan), $"warning: '{Plan}' cannot be read: permission denied"),
        Listed("another name", product => product.Replace(Plan, $"\"name\": \"{Name}\"", "\"name\": \"3.2.203001030000\""), $"warning: '{Plan}' cannot be carried out: 'releases/{Name}.yaml' is no place for the manifest of '3.2.203001030000'"),
        new("only what cannot be read is to be resumed", Typed("hotfix resume"), 4, $"error: {Plan}:1:1: the plan is not JSON that can be read") { Break = product => product.Write(Plan, "") },
        new("a finished run is asked for beside a broken one", Typed($"hotfix resume {LivedInSample.Draft}"), 0, $"'{LivedInSample.Draft}' is finished already") { Break = product => product.Write(Plan, "") },
        new("a hotfix beside a broken run", Typed($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.6 --allow affected-not-built --dry-run"), 0, "warning: ", Plan, "dry run: nothing was written, built or sent") { Break = product => product.Write(Plan, "") },
        new("a hotfix with the name of a broken run", Typed($"hotfix generate --offline --release {Release} --set bitnami/redis=7.2.6 --allow affected-not-built --dry-run --name {Name}"), 3, $"there is a run '{Name}'") { Break = product => product.Write(Plan, "") },
        new("the folder of runs is closed", Typed("hotfix runs"), 4, "error: '.graft/runs' cannot be read: permission denied") { Break = product => product.Close(".graft/runs") },
    ];

    private static string Elsewhere => "5c1f0a77d2e94b60813f7a5c9be0d1426f38a9c4";

    private static string ManifestOf(SampleProduct product)
    {
        using var document = System.Text.Json.JsonDocument.Parse(product.Read(Plan));
        return document.RootElement.GetProperty("manifest").GetString()!;
    }

    private static BadCase Carried(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"carried on: {name}", Typed($"hotfix resume {Name}"), 4, says) { Break = spoil };

    private static BadCase Edit(string name, string old, string text, params IReadOnlyList<string> says) => Carried(name, product => product.Replace(Plan, old, text), says);

    private static BadCase Listed(string name, Action<SampleProduct> spoil, params IReadOnlyList<string> says) =>
        new($"listed: {name}", Typed("hotfix runs"), 0, says) { Break = spoil, Shows = [LivedInSample.Draft] };
}
