using Spectre.Console;

namespace Graft.Cli.Terminal;

/// <summary>Shows operations that run side by side: moving lines on a terminal, one line for each event elsewhere.</summary>
internal sealed class Progress(Screen screen)
{
    /// <summary>Runs the work, which reports to the board what it does.</summary>
    public Task ShowAsync(Func<IProgressBoard, Task> work) =>
        screen.IsLive
            ? screen.Talk.Progress()
                .AutoClear(false)
                .HideCompleted(false)
                .Columns(new SpinnerColumn { CompletedText = "✓" }, new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn())
                .StartAsync(context => work(new LiveBoard(context)))
            : work(new PlainBoard(screen));

    /// <summary>Runs work that counts what it has done of a total: a bar on a terminal that goes when it is done; elsewhere a word when it takes long.</summary>
    public Task<T> CountAsync<T>(string title, int total, TimeProvider clock, Func<IProgress<int>, Task<T>> work) =>
        screen.IsLive
            ? screen.Talk.Progress()
                .AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
                .StartAsync(context => work(new Count(title, context.AddTask(title, maxValue: Math.Max(1, total)))))
            : LongWait.SayingAsync(work(new Count(title, null)), clock, () => screen.Say($"{title}: {total}"));

    private sealed class Count(string title, ProgressTask? task) : IProgress<int>
    {
        public void Report(int value)
        {
            if (task is not null && value > task.Value)
            {
                task.Value = value;
                task.Description = $"{Markup.Escape(title)} {value} of {task.MaxValue:0}";
            }
        }
    }

    private sealed class LiveBoard(ProgressContext context) : IProgressBoard
    {
        public IProgressLine Add(string title) => new Line(title, context.AddTask(Markup.Escape(title), autoStart: true).IsIndeterminate());

        private sealed class Line(string title, ProgressTask task) : IProgressLine
        {
            public void Report(string value) => task.Description($"{Markup.Escape(title)}  [grey]{Markup.Escape(Shortened(value))}[/]");

            public void Done(string result)
            {
                task.Description($"{Markup.Escape(title)}  [grey]{Markup.Escape(Shortened(result))}[/]");
                task.Value = task.MaxValue;
                task.StopTask();
            }

            private static string Shortened(string text) => Printable.Line(text.Length <= 60 ? text : text[..59] + "…");
        }
    }

    private sealed class PlainBoard(Screen screen) : IProgressBoard
    {
        public IProgressLine Add(string title) => new Line(screen, title);

        private sealed class Line(Screen screen, string title) : IProgressLine
        {
            public void Report(string value) => screen.Say($"{title}: {value}");

            public void Done(string result) => screen.Say(result.Length == 0 ? $"{title}: done" : $"{title}: {result}");
        }
    }
}

/// <summary>Where work that runs side by side says what it does.</summary>
internal interface IProgressBoard
{
    IProgressLine Add(string title);
}

/// <summary>One operation's line on the board.</summary>
internal interface IProgressLine : IProgress<string>
{
    void Done(string result);
}
