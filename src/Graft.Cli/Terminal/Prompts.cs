using Spectre.Console;

namespace Graft.Cli.Terminal;

/// <summary>The questions that a person at a terminal is asked.</summary>
internal sealed class Prompts(Screen screen)
{
    private const int PageSize = 15;

    /// <summary>Asks yes or no; Enter alone is the default.</summary>
    public Task<bool> ConfirmAsync(string question, bool byDefault, CancellationToken cancellationToken) =>
        new ConfirmationPrompt(Markup.Escape(Printable.Line(question))) { DefaultValue = byDefault }.ShowAsync(screen.Talk, cancellationToken);

    /// <summary>Asks for one of several; typing narrows the list.</summary>
    public Task<T> ChooseAsync<T>(string title, IEnumerable<T> choices, Func<T, string> text, CancellationToken cancellationToken)
        where T : notnull
    {
        var prompt = new SelectionPrompt<T>()
            .Title(Markup.Escape(Printable.Line(title)))
            .PageSize(PageSize)
            .UseConverter(choice => Markup.Escape(Printable.Line(text(choice))))
            .EnableSearch()
            .AddChoices(choices);
        return prompt.ShowAsync(screen.Talk, cancellationToken);
    }

    /// <summary>Asks for any number of several, none included; some are chosen already.</summary>
    public async Task<IReadOnlyList<T>> ChooseManyAsync<T>(
        string title, IReadOnlyList<T> choices, Func<T, string> text, Func<T, bool> isChosen, CancellationToken cancellationToken)
        where T : notnull
    {
        if (choices.Count == 0)
        {
            return [];
        }

        var prompt = new MultiSelectionPrompt<T>()
            .Title(Markup.Escape(Printable.Line(title)))
            .NotRequired()
            .PageSize(PageSize)
            .InstructionsText("[grey](space chooses, enter goes on; none is fine)[/]")
            .UseConverter(choice => Markup.Escape(Printable.Line(text(choice))))
            .AddChoices(choices);
        foreach (var choice in choices.Where(isChosen))
        {
            prompt.Select(choice);
        }

        return await prompt.ShowAsync(screen.Talk, cancellationToken);
    }

    /// <summary>Asks for a line of text; empty when only Enter was pressed.</summary>
    public Task<string> AskAsync(string question, CancellationToken cancellationToken) =>
        new TextPrompt<string>(Markup.Escape(Printable.Line(question))).AllowEmpty().ShowAsync(screen.Talk, cancellationToken);

    /// <summary>Says why a question is asked again.</summary>
    public void Refuse(string reason) => screen.Talk.MarkupLine($"[red]{Markup.Escape(Printable.Line(reason))}[/]");
}
