using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Graft.Core.Failures;

namespace Graft.Cli;

/// <summary>What is wrong with a command line, said once and with the nearest thing that would have been right.</summary>
internal static class UsageErrors
{
    /// <summary>A usage failure when the line does not parse, or when an option took another option for its value.</summary>
    public static void Check(ParseResult result, IReadOnlyList<string> args)
    {
        var command = result.CommandResult;
        if (command.Children.OfType<OptionResult>().Any(option => option.Option is HelpOption && !option.Implicit))
        {
            // Whoever asks how it is used may be excused for not knowing yet.
            return;
        }

        var known = Ancestors(command).SelectMany(symbol => symbol.Command.Options)
            .Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Append(option.Name))
            .ToList();

        if (result.UnmatchedTokens.FirstOrDefault(IsOption) is { } unmatched)
        {
            throw UnknownOption(unmatched, known);
        }

        // The parser takes an unknown option for an argument where one is wanted; after `--` that is what was meant.
        if (!result.Tokens.Any(token => token.Value == "--")
            && command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).FirstOrDefault(token => IsOption(token.Value)) is { } taken)
        {
            throw UnknownOption(taken.Value, known);
        }

        foreach (var option in command.Children.OfType<OptionResult>())
        {
            // A greedy option swallows what comes next, whatever it looks like.
            if (option.Tokens.Select(token => token.Value).FirstOrDefault(IsOption) is { } swallowed && !args.Any(word => word.EndsWith("=" + swallowed, StringComparison.Ordinal)))
            {
                throw known.Contains(swallowed, StringComparer.Ordinal)
                    ? GraftException.Usage($"option '{option.Option.Name}' needs a value", Help(command))
                    : UnknownOption(swallowed, known);
            }
        }

        if (result.UnmatchedTokens.Count > 0)
        {
            var word = result.UnmatchedTokens[0];
            var subcommands = command.Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToList();
            var nearest = Nearest.To(word, subcommands);
            throw GraftException.Usage(
                subcommands.Count > 0 ? $"unknown command '{word}'" : $"unexpected argument '{word}'",
                nearest is null ? Help(command) : $"did you mean `{PathOf(command)} {nearest}`?");
        }

        if (command.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is not { Tokens.Count: > 0 }) is { } missing)
        {
            throw GraftException.Usage($"`{PathOf(command)}` needs {missing.HelpName ?? missing.Name}", Help(command));
        }

        if (FindWithoutValue(result) is { } empty)
        {
            throw GraftException.Usage($"option '{empty.Name}' needs a value", Help(command));
        }

        if (result.Errors.Count > 0)
        {
            throw GraftException.Usage(Sentence(result.Errors[0].Message), Help(command));
        }
    }

    // One by one: the parser is content when an option that stands there twice has a value once.
    private static Option? FindWithoutValue(ParseResult result)
    {
        var options = Ancestors(result.CommandResult).SelectMany(ancestor => ancestor.Command.Options).ToList();
        return result.Tokens
            .Where((token, index) => token.Type == TokenType.Option && result.Tokens.ElementAtOrDefault(index + 1) is not { Type: TokenType.Argument })
            .Select(token => options.Find(option => option.Name == token.Value || option.Aliases.Contains(token.Value)))
            .FirstOrDefault(option => option is { Arity.MinimumNumberOfValues: > 0 });
    }

    private static GraftException UnknownOption(string option, List<string> known)
    {
        var name = option.Split('=')[0];
        var nearest = Nearest.To(name, known);
        return GraftException.Usage($"unknown option '{name}'", nearest is null ? "`graft --help` lists what there is" : $"did you mean `{nearest}`?");
    }

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static string Help(CommandResult command) => $"`{PathOf(command)} --help` shows how it is used";

    private static string PathOf(CommandResult command) => string.Join(' ', Ancestors(command).Reverse().Select(ancestor => ancestor.Command.Name));

    private static IEnumerable<CommandResult> Ancestors(CommandResult command)
    {
        for (SymbolResult? symbol = command; symbol is not null; symbol = symbol.Parent)
        {
            if (symbol is CommandResult ancestor)
            {
                yield return ancestor;
            }
        }
    }

    private static string Sentence(string message)
    {
        var text = message.TrimEnd('.');
        return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
