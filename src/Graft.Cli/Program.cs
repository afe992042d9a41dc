using Graft.Cli;

return await CommandLine.RunAsync(args);
