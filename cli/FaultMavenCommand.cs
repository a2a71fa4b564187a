using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using FaultMaven.Cli.Admin;
using FaultMaven.Cli.Audit;
using FaultMaven.Cli.CaseEvidence;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Flags;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Keys;
using FaultMaven.Cli.Knowledge;
using FaultMaven.Cli.Logs;
using FaultMaven.Cli.Outbox;
using FaultMaven.Cli.Redact;
using FaultMaven.Cli.Reports;
using FaultMaven.Cli.Serve;
using FaultMaven.Cli.Settings;
using FaultMaven.Cli.Shell;
using FaultMaven.Cli.Tenants;
using FaultMaven.Cli.Terminal;

namespace FaultMaven.Cli;

/// <summary>The command <c>fm</c> with all of its subcommands.</summary>
internal static class FaultMavenCommand
{
    // A question may begin with @: it is not the name of a file that holds arguments.
    private static readonly ParserConfiguration s_parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args, Interruption interruption)
    {
        var parse = Create(TimeProvider.System).Parse(args, s_parsing);

        if (parse.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"fm: {Describe(parse)}");
            await Console.Error.WriteLineAsync($"Run '{HelpText.PathOf(parse.CommandResult.Command)} --help' for usage.");
            return (int)ExitCode.Usage;
        }

        if (parse.GetValue(GlobalOptions.NoColor))
        {
            Consoles.DisableStyles();
        }

        try
        {
            return await parse.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
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

    // A mistyped option takes the place of a file and makes the file unmatched, so the option is reported first. A mistyped
    // command also counts as a missing one; the unmatched word says more.
    private static string Describe(ParseResult parse) =>
        parse.Errors.FirstOrDefault(error => error.SymbolResult is ArgumentResult { Tokens.Count: > 0 })?.Message
        ?? (parse.UnmatchedTokens is [var unknown, ..] ? $"Unknown command or argument '{unknown}'." : parse.Errors[0].Message);

    private static RootCommand Create(TimeProvider time)
    {
        var root = new RootCommand("Investigates incidents: evidence in, a cited conclusion out.")
        {
            InvestigateCommand.Create(time),
            AskCommand.Create(time),
            CasesCommand.Create(time),
            EvidenceCommand.Create(time),
            ReportCommand.Create(time),
            KnowledgeCommand.Create(time),
            RedactCommand.Create(time),
            RestoreCommand.Create(time),
            PolicyCommand.Create(time),
            LogsCommand.Create(time),
            OutboxCommand.Create(time),
            FlagCommand.Create(time),
            SettingsCommand.Create(time),
            AdminCommand.Create(time),
            AuditCommand.Create(time),
            ServeCommand.Create(),
            TokenCommand.Create(),
            KeyCommand.Create(time),
            TenantCommand.Create(time),
            CompletionCommand.Create(),
        };
        root.Add(HelpCommand.Create(root));
        root.Add(CheckDirective.Create());

        RefuseUnknownOptions(root);
        ShowHelpWithoutSubcommand(root);

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

    // The parser takes an unknown option for an argument, so a mistyped one would be a file that does not exist.
    private static void RefuseUnknownOptions(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
            {
                if (result.Tokens.FirstOrDefault(token => token.Value is ['-', _, ..]) is { } unknown)
                {
                    result.AddError($"Unknown option '{unknown.Value}'; if it is a file, write './{unknown.Value}'.");
                }
            });
        }

        foreach (var below in command.Subcommands)
        {
            RefuseUnknownOptions(below);
        }
    }

    // `fm`, `fm case`: someone who looks for a command gets the list of them.
    private static void ShowHelpWithoutSubcommand(Command command)
    {
        if (command.Subcommands.Count > 0)
        {
            command.SetAction((parse, _) => HelpCommand.ShowAsync(parse.RootCommandResult.Command, command));
        }

        foreach (var below in command.Subcommands)
        {
            ShowHelpWithoutSubcommand(below);
        }
    }
}
