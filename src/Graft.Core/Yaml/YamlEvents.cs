using Graft.Core.Failures;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Graft.Core.Yaml;

/// <summary>A YAML file's events, one after another. Whatever the parser makes of malformed text is an input failure at its place.</summary>
internal sealed class YamlEvents(YamlText source)
{
    private readonly Parser parser = new(new Scanner(new StringReader(source.Text), skipComments: true));

    public ParsingEvent Current => parser.Current!;

    /// <summary>Moves on, and gives the event; a stream that ends too early is malformed.</summary>
    public ParsingEvent Next()
    {
        try
        {
            return parser.MoveNext() ? parser.Current! : throw At(1, 1).Error("the file ends too early");
        }
        catch (YamlException failure)
        {
            throw At(failure.Start.Line, failure.Start.Column).Error($"the file is not YAML: {Sentence(failure.Message)}");
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // YamlDotNet's own checks of itself give way on some malformed files (a `...` where none may be).
            var last = parser.Current;
            throw At(last?.End.Line ?? 1, last?.End.Column ?? 1).Error("the file is not YAML from here on");
        }
    }

    private SourceLocation At(long line, long column) => new(source.File, (int)Math.Max(1, line), (int)Math.Max(1, column));

    private static string Sentence(string message) =>
        message.Length == 0 ? "malformed" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.', ' ');
}
