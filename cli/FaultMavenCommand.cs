using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using FaultMaven.Cli.CaseEvidence;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Knowledge;
using FaultMaven.Cli.Logs;
using FaultMaven.Cli.Outbox;
using FaultMaven.Cli.Redact;
using FaultMaven.Cli.Serve;

namespace FaultMaven.Cli;

/// <summary>The command <c>fm</c> with all that is below it.</summary>
internal static class FaultMavenCommand
{
    public static async Task<int> RunAsync(string[] args, Interruption interruption)
    {
        var parse = Create(TimeProvider.System).Parse(args);

        if (parse.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"fm: {Describe(parse)}");
            await Console.Error.WriteLineAsync($"Run '{HelpText.PathOf(parse.CommandResult.Command)} --help' to see how it is used.");
            return (int)ExitCode.Usage;
        }

        try
        {
            return await parse.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
        catch (Exception exception)
        {
            var (exitCode, sentence) = FailureText.Explain(exception, interruption.Token.IsCancellationRequested);
            await Console.Error.WriteLineAsync($"fm: {sentence}");

            if (parse.GetValue(GlobalOptions.Verbose))
            {
                await Console.Error.WriteLineAsync(exception.ToString());
            }

            return (int)exitCode;
        }
    }

    // A mistyped option takes a file's place and leaves the file over, so the option is told of first. A mistyped command also counts as a missing one; the word that was not understood says more.
    private static string Describe(ParseResult parse) =>
        parse.Errors.FirstOrDefault(error => error.SymbolResult is ArgumentResult { Tokens.Count: > 0 })?.Message
        ?? (parse.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not understood here." : parse.Errors[0].Message);

    private static RootCommand Create(TimeProvider time)
    {
        var root = new RootCommand("Investigates incidents: evidence in, a cited conclusion out.")
        {
            InvestigateCommand.Create(time),
            LogsCommand.Create(time),
            RedactCommand.Create(time),
            RestoreCommand.Create(time),
            PolicyCommand.Create(time),
            KnowledgeCommand.Create(time),
            CasesCommand.Create(time),
            EvidenceCommand.Create(time),
            OutboxCommand.Create(time),
            ServeCommand.Create(),
        };

        RefuseUnknownOptions(root);

        foreach (var option in GlobalOptions.All)
        {
            root.Add(option);
        }

        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpText((HelpAction)help.Action!);
        }

        return root;
    }

    // The parser takes an option that it doesn't know for an argument, so a typo would be a file that does not exist.
    private static void RefuseUnknownOptions(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
            {
                if (result.Tokens.FirstOrDefault(token => token.Value is ['-', _, ..]) is { } unknown)
                {
                    result.AddError($"'{unknown.Value}' is not an option here; if it is a file, write './{unknown.Value}'.");
                }
            });
        }

        foreach (var below in command.Subcommands)
        {
            RefuseUnknownOptions(below);
        }
    }
}
