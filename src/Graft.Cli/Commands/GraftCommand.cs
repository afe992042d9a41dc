using System.CommandLine;

namespace Graft.Cli.Commands;

/// <summary>How a verb is declared.</summary>
internal static class GraftCommand
{
    /// <summary>A verb with its options and what it runs.</summary>
    public static Command Create(
        string name, string description, GlobalOptionSet globals, IReadOnlyList<Symbol> symbols, Func<ParseResult, Session, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else
            {
                command.Arguments.Add((Argument)symbol);
            }
        }

        command.SetAction(Session.Action(globals, run));
        return command;
    }

    /// <summary>An option that takes several values, each after its own <c>--name</c> or one after another.</summary>
    public static Option<string[]> Many(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };

    /// <summary>An option that takes one value.</summary>
    public static Option<string> One(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    /// <summary>An option that is there or not.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An argument that names a release.</summary>
    public static Argument<string> Release(string name, string description) => new(name) { Description = description, HelpName = name };
}
