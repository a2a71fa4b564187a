using System.CommandLine;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Investigate;

/// <summary><c>fm ask CASE QUESTION</c>: one more question of a case, over all the evidence that it has by now.</summary>
internal static class AskCommand
{
    private static readonly Argument<string[]> s_question = new("question")
    {
        Description = "Your question; one that names nothing is about what you asked before",
        HelpName = "QUESTION",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("ask", "Ask more about a case, also after evidence was added; says what changed since the last answer.")
        {
            CaseArguments.Case,
            s_question,
            InvestigationOutput.Json,
            InvestigationOutput.All,
            InvestigationOutput.Redacted,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var given = parse.GetRequiredValue(CaseArguments.Case);
        var question = string.Join(' ', parse.GetValue(s_question) ?? []).Trim();
        if (question.Length == 0)
        {
            throw new CommandFailedException(
                ExitCode.Usage, $"The question is missing; write it after the case: fm ask {given} \"When did it start?\".");
        }

        Investigation? investigation = null;
        await ProgressDisplay.RunAsync("Starting", async display =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var name = await FindOpenAsync(connection.Calls, given, cancellationToken);
            var data = new DataServiceClient(connection.Calls);
            var evidence = await CaseNames.EvidenceAsync(data, name, cancellationToken)
                .Where(file => file.Archive is null).ToListAsync(cancellationToken);
            investigation = await CaseQuestion.AskAsync(
                connection.Calls, name, question, evidence, display, time, cancellationToken);
            if (!parse.GetValue(InvestigationOutput.Redacted))
            {
                await AddressRestoration.RestoreAsync(connection, investigation, cancellationToken);
            }
        });

        await InvestigationOutput.WriteAsync(parse, investigation!, cancellationToken);
        return (int)ExitCode.Done;
    }

    private static async Task<string> FindOpenAsync(CallInvoker calls, string given, CancellationToken cancellationToken)
    {
        var name = await CaseNames.FindAsync(calls, given, cancellationToken);
        try
        {
            var found = await new SessionServiceClient(calls).GetCaseAsync(new() { Name = name }, cancellationToken: cancellationToken);
            return found.State != Case.Types.State.Closed ? name : throw new CommandFailedException(
                ExitCode.Refused,
                $"{name} is closed and takes no more questions; 'fm case show {name}' shows its last answer, and 'fm investigate' opens "
                    + "a new case.");
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"Case {given} does not exist; 'fm case list' lists all cases.", exception);
        }
    }
}
