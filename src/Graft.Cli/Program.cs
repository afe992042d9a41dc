using System.CommandLine;
using Spectre.Console;

var root = new RootCommand("x");
root.SetAction(r => AnsiConsole.WriteLine("hi"));
return root.Parse(args).Invoke();
