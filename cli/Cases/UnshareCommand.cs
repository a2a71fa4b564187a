using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case unshare CASE MEMBER</c>: takes the role in a case from someone.</summary>
internal static class UnshareCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = new Command("unshare", "Take the role in a case from a person or a team.")
        {
            CaseArguments.Case, CaseMemberArguments.Member,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var request = new UnshareCaseRequest
        {
            Name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken),
            Member = CaseMemberArguments.NameOf(parse.GetRequiredValue(CaseMemberArguments.Member)),
        };
        var unshared = await new SessionServiceClient(connection.Calls).UnshareCaseAsync(request, cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync($"{request.Member} has no role in {unshared.Name} any more.");
        if (CaseMemberArguments.AdviceFor(unshared) is { } advice)
        {
            await Console.Error.WriteLineAsync(advice);
        }

        return (int)ExitCode.Done;
    }
}
