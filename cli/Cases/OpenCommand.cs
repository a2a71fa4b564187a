using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case open TITLE</c>: creates a case before there is any evidence.</summary>
internal static class OpenCommand
{
    private static readonly Argument<string> s_title = new("title") { Description = "What it is about", HelpName = "TITLE" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("open", "Open a case, to add evidence to and to ask about; prints its name.") { s_title };
        foreach (var option in CaseDetailOptions.All)
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var details = await CaseDetailOptions.ReadAsync(parse, connection.Calls, cancellationToken);
        var request = new CreateCaseRequest { Title = parse.GetRequiredValue(s_title), Case = details };
        var created = await new SessionServiceClient(connection.Calls).CreateCaseAsync(request, cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync(created.Name);
        return (int)ExitCode.Done;
    }
}
