using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case transfer CASE OWNER --yes</c>: gives a case another owner.</summary>
internal static class TransferCommand
{
    private static readonly Option<bool> s_yes = new("--yes", "-y") { Description = "Confirm: only the new owner can transfer it back" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("transfer", "Give a case another owner; the owner before becomes a collaborator.")
        {
            CaseArguments.Case, CaseMemberArguments.Owner, s_yes,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var request = new TransferCaseRequest
        {
            Name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken),
            Owner = CaseMemberArguments.NameOf(parse.GetRequiredValue(CaseMemberArguments.Owner)),
        };
        if (!parse.GetValue(s_yes))
        {
            throw new CommandFailedException(
                ExitCode.Usage,
                $"Only {request.Owner} could transfer {request.Name} back, so check the name; add --yes to do it.");
        }

        var transferred = await new SessionServiceClient(connection.Calls).TransferCaseAsync(request, cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync($"{transferred.Owner} owns {transferred.Name}.");
        return (int)ExitCode.Done;
    }
}
