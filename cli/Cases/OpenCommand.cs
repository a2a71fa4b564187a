using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case open TITLE</c>: creates a case before there is any evidence.</summary>
internal static class OpenCommand
{
    private static readonly Argument<string> s_title = new("title") { Description = "What it is about", HelpName = "TITLE" };

    private static readonly Option<bool> s_private = new("--private")
    {
        Description = "Only you may see it, and those you share it with: the same as --access members",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("open", "Open a case, to add evidence to and to ask about; prints its name.")
        {
            s_title, s_private, CaseDetailOptions.Access,
        };
        foreach (var option in CaseDetailOptions.All)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(s_private) && result.GetValue(CaseDetailOptions.Access) is "tenant")
            {
                result.AddError("--private and --access tenant contradict each other; give one of them.");
            }
        });
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var details = await CaseDetailOptions.ReadAsync(parse, connection.Calls, cancellationToken);
        details.Access = parse.GetValue(s_private) ? Case.Types.Access.Members : CaseDetailOptions.AccessIn(parse);
        var request = new CreateCaseRequest { Title = parse.GetRequiredValue(s_title), Case = details };
        var created = await new SessionServiceClient(connection.Calls).CreateCaseAsync(request, cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync(created.Name);
        return (int)ExitCode.Done;
    }
}
