using Graft.Core.Failures;

namespace Graft.Core.Products;

/// <summary>
/// Reads <c>build.options</c>: arguments that go to the builder's <c>build</c> as they are. What Graft sets itself, and what would send an image
/// anywhere or change what its bases are, is refused.
/// </summary>
internal static class BuildOptions
{
    private static readonly Dictionary<string, string> Taken = new(StringComparer.Ordinal)
    {
        ["build-arg"] = "use the image's `args`",
        ["build-context"] = "use the image's `contexts`",
        ["builder"] = "use `build.builder`",
        ["platform"] = "use the image's `platforms`",
        ["secret"] = "use the image's `secrets`",
        ["target"] = "use the image's `targets`",
    };

    private static readonly string[] Own =
    [
        "all-platforms", "arch", "attest", "file", "from", "force-rm", "format", "help", "iidfile", "ignorefile", "load", "manifest", "metadata-file", "os", "output", "progress",
        "provenance", "pull", "push", "quiet", "sbom", "sign-by", "source-date-epoch", "tag", "timestamp", "variant",
    ];

    public static IReadOnlyList<string> Read(ProductFields fields, string builder)
    {
        var options = fields.List("options", Check);
        return options.Count == 0 ? []
            : builder == "embedded" ? throw fields.At("options").Error("'options' are arguments of a builder that is a program, and the embedded one is none")
            : options;
    }

    /// <summary>What is wrong with an option and what to do instead, or null when it is one.</summary>
    public static (string Message, string? Hint)? FindProblem(string option)
    {
        // One argument each, and long: so that no value can pass for an option, nor an option for the value of another.
        if (!option.StartsWith("--", StringComparison.Ordinal) || option.Length < 3 || option.Contains('\0', StringComparison.Ordinal))
        {
            return ($"'{option}' is not an option", "write it as one argument in its long form, like `--network=none`");
        }

        var name = option[2..].Split('=', 2)[0];
        return Taken.TryGetValue(name, out var instead) ? ($"graft sets '--{name}' itself", instead)
            : Own.Contains(name, StringComparer.Ordinal) ? ($"graft sets '--{name}' itself", null)
            : null;
    }

    private static string Check(string option, SourceLocation place) =>
        FindProblem(option) is { } problem ? throw place.Error(problem.Message, problem.Hint) : option;
}
