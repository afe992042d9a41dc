using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Graft.Core.Failures;
using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Hotfixes;

/// <summary>Plans as JSON text. Values are written as the text that their types read.</summary>
public static class PlanJson
{
    /// <summary>The plan as indented JSON.</summary>
    public static byte[] Write(HotfixPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, PlanJsonContext.Default.HotfixPlan);

    /// <summary>A decision as indented JSON.</summary>
    public static byte[] Write(HotfixDecision decision) => JsonSerializer.SerializeToUtf8Bytes(decision, PlanJsonContext.Default.HotfixDecision);

    /// <summary>Reads a plan; an input failure that names the file when it is not one, or one that would do what no hotfix does.</summary>
    public static HotfixPlan Read(ReadOnlySpan<byte> json, string file) =>
        Read(json, file, PlanJsonContext.Default.HotfixPlan) is { Schema: 1 } plan ? PlanCheck.Checked(plan, file) : throw Unknown(file);

    /// <summary>Reads a decision; an input failure that names the file when it is not one.</summary>
    public static HotfixDecision ReadDecision(ReadOnlySpan<byte> json, string file) =>
        Read(json, file, PlanJsonContext.Default.HotfixDecision) is { Schema: 1, Plan.Schema: 1 } decision && !HoldsNull(decision.Request)
            ? decision with { Plan = PlanCheck.Checked(decision.Plan, file) }
            : throw Unknown(file);

    private static bool HoldsNull(HotfixRequest request) => request.Build.Contains(null!) || request.Changes.Contains(null!) || request.Allowed.Contains(null!);

    private static GraftException Unknown(string file) => GraftException.Input($"'{file}' is not a plan that this version of graft reads");

    private static T? Read<T>(ReadOnlySpan<byte> json, string file, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException exception)
        {
            throw MalformedJson.Of(exception, file, "the plan");
        }
        catch (NotSupportedException)
        {
            // An operation that does not say of which kind it is.
            throw GraftException.Input($"'{file}' is not a plan that this version of graft reads");
        }
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32,
    AllowDuplicateProperties = false,
    Converters = [typeof(DigestText), typeof(ReferenceText), typeof(ImageNameText), typeof(ReleaseNameText), typeof(CommitText), typeof(PlatformText), typeof(VersionText)])]
[JsonSerializable(typeof(HotfixPlan))]
[JsonSerializable(typeof(HotfixDecision))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;

internal abstract class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.GetString() is { } text ? parse(text) : null;
        }
        catch (Exception exception) when (exception is GraftException or InvalidOperationException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options)!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);
}

internal sealed class DigestText() : TextConverter<Digest>(Digest.Parse);

internal sealed class ReferenceText() : TextConverter<ImageReference>(ImageReference.Parse);

internal sealed class ImageNameText() : TextConverter<ImageName>(ImageName.Parse);

internal sealed class ReleaseNameText() : TextConverter<ReleaseName>(ReleaseName.Parse);

internal sealed class CommitText() : TextConverter<CommitId>(CommitId.Parse);

internal sealed class PlatformText() : TextConverter<Platform>(Platform.Parse);

internal sealed class VersionText() : TextConverter<ImageVersion>(ImageVersion.Parse);
