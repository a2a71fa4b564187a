using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case share CASE MEMBER</c>: gives someone a role in a case.</summary>
internal static class ShareCommand
{
    private static readonly Option<string> s_role = new Option<string>("--role")
    {
        Description = "What they may do: a viewer reads, support also adds evidence and asks, a collaborator also changes and closes it",
        HelpName = "ROLE",
        DefaultValueFactory = _ => JsonOutput.Name(CaseMember.Types.Role.Viewer),
    }.AcceptOnlyFromAmong([.. Roles().Select(JsonOutput.Name)]);

    public static Command Create(TimeProvider time)
    {
        var command = new Command("share", "Give a person or a team a role in a case, or another one than they have.")
        {
            CaseArguments.Case, CaseMemberArguments.Member, s_role,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static IEnumerable<CaseMember.Types.Role> Roles() =>
        Enum.GetValues<CaseMember.Types.Role>().Where(role => role != CaseMember.Types.Role.Unspecified);

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var role = parse.GetRequiredValue(s_role);
        var request = new ShareCaseRequest
        {
            Name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken),
            Member = CaseMemberArguments.NameOf(parse.GetRequiredValue(CaseMemberArguments.Member)),
            Role = Roles().Single(known => JsonOutput.Name(known) == role),
        };
        var shared = await new SessionServiceClient(connection.Calls).ShareCaseAsync(request, cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync($"Shared {shared.Name} with {request.Member} as {role}.");
        if (CaseMemberArguments.AdviceFor(shared) is { } advice)
        {
            await Console.Error.WriteLineAsync(advice);
        }

        return (int)ExitCode.Done;
    }
}
