using System.Text;
using Graft.Core.Yaml;

namespace Graft.Core.Products.Discovery;

/// <summary>Writes a graft.yaml for a person to read and go on from.</summary>
public static class ProductFileText
{
    /// <summary>The file's text, which <see cref="ProductReader"/> and <see cref="ImageSources"/> read back as the images that were found.</summary>
    public static string Write(ProductFileFacts facts, Discovered found, IReadOnlyList<string> paths)
    {
        var text = new StringBuilder();
        text.Append("# What Graft knows of this product, as `graft init` found it. Look it over, then commit it.\n");
        if (found.Definitions.Count > 0)
        {
            text.Append($"# Graft builds by this file, not by {Comment(string.Join(", ", found.Definitions))}: what changes there has to change here.\n");
        }

        text.Append("schema: 1\n");
        text.Append($"product: {Value(facts.Product)}\n");
        Setting(text, "main", facts.Main, "main", "where fixes also go");
        Setting(text, "remote", facts.Remote, "origin", "the git remote");
        Default(text, "version-file: .version.yml", facts.HasVersionFile ? "says which series a branch is in" : "would say which series a branch is in; it is not there");
        Default(text, "releases: releases", "the folder of manifests");
        Default(text, "tag: v{name}", "a release's git tag");
        Default(text, "registry: layout:.graft/images", "where built images go; or a host, like ghcr.io");
        Default(text, "publisher: folder:.graft/published", $"where releases go; or github:{facts.GitHub ?? "OWNER/REPO"}");
        text.Append('\n');
        Images(text, found, paths);
        Remarks(text, "Guessed", found.Guesses);
        Remarks(text, "Not found out", found.Problems);
        Remarks(text, "Left out", [.. found.LeftOut.Select(pair => pair.Value.StartsWith(pair.Key, StringComparison.Ordinal) ? pair.Value : $"{pair.Key}: {pair.Value}")]);
        return text.ToString();
    }

    private static void Setting(StringBuilder text, string key, string value, string standard, string meaning)
    {
        if (value == standard)
        {
            Default(text, $"{key}: {value}", meaning);
        }
        else
        {
            text.Append($"{key}: {Value(value)}\n");
        }
    }

    private static void Default(StringBuilder text, string setting, string meaning) => text.Append($"# {setting}".PadRight(38)).Append($"# {meaning}\n");

    private static void Images(StringBuilder text, Discovered found, IReadOnlyList<string> paths)
    {
        if (found.Images.Count == 0)
        {
            text.Append("# No Dockerfile that builds an image was found. One is written like this:\n# images:\n#   - dockerfiles: src/*/Dockerfile\n#     name: acme/{name}\nimages: []\n");
            return;
        }

        text.Append("images:\n");
        foreach (var rule in RuleDrafts.Of(found.Images, paths))
        {
            Rule(text, rule);
        }
    }

    private static void Rule(StringBuilder text, RuleDraft rule)
    {
        foreach (var line in Origins(rule))
        {
            text.Append($"  # {Comment(line)}\n");
        }

        var source = rule.Shared;
        text.Append($"  - dockerfiles: {Value(rule.Dockerfiles)}\n");
        List(text, "except", rule.Except);
        if (rule.Name is not null)
        {
            text.Append($"    name: {Value(rule.Name)}\n");
        }

        if (source.Key != "images")
        {
            text.Append($"    key: {Value(source.Key)}\n");
        }

        if (rule.Context != "{dir}")
        {
            text.Append($"    context: {Value(rule.Context)}\n");
        }

        Map(text, "targets", rule.Targets);
        List(text, "platforms", [.. source.Platforms.Select(platform => platform.ToString())]);
        Map(text, "args", source.Args);
        Map(text, "contexts", source.Contexts);
    }

    // Where it was learned, unless that is the Dockerfile itself.
    private static IEnumerable<string> Origins(RuleDraft rule)
    {
        const int shown = 6;
        if (rule.Name?.Contains("{name}", StringComparison.Ordinal) == true)
        {
            var names = rule.Images.Select(image => image.Source.Image.Text).Order(StringComparer.Ordinal).ToList();
            yield return string.Join(", ", names.Take(shown)) + (names.Count > shown ? $" and {names.Count - shown} more" : "");
        }

        var origins = rule.Images.Where(image => image.From != image.Source.Dockerfile).Select(image => image.From).ToList();
        if (origins.Count > 0)
        {
            yield return "from " + string.Join(", ", origins.Take(shown)) + (origins.Count > shown ? $" and {origins.Count - shown} more" : "");
        }
    }

    private static void Remarks(StringBuilder text, string title, IReadOnlyList<string> remarks)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        const int shown = 20;
        text.Append($"\n# {title}:\n");
        foreach (var remark in remarks.Take(shown))
        {
            text.Append($"#   {Comment(remark)}\n");
        }

        if (remarks.Count > shown)
        {
            text.Append($"#   and {remarks.Count - shown} more\n");
        }
    }

    private static void List(StringBuilder text, string key, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            text.Append($"    {key}: [{string.Join(", ", items.Select(item => PlainText.IsString(item) ? item : Quoted(item)))}]\n");
        }
    }

    private static void Map(StringBuilder text, string key, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var all = pairs.ToList();
        if (all.Count > 0)
        {
            text.Append($"    {key}:\n");
            all.ForEach(pair => text.Append($"      {Value(pair.Key)}: {Value(pair.Value)}\n"));
        }
    }

    // A glob's stars and the placeholders mean nothing to YAML within a word.
    private static string Value(string text)
    {
        var bare = text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) ? text.Replace('*', 'x').Replace("{name}", "x", StringComparison.Ordinal) : text;
        return text == "." || PlainText.IsString(bare) ? text : Quoted(text);
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' or '\\' => $"\\{c}",
                '\n' => "\\n",
                '\t' => "\\t",
                // Controls, breaks that only YAML knows, halves of pairs.
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or > '\uFFFD' => $"\\u{(int)c:X4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Comment(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or > '\uFFFD' ? '?' : c));
}
