using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Flags;

/// <summary><c>fm flag list</c>: the flags, their values, and who set them.</summary>
internal static class ListCommand
{
    private const int PageSize = 200;

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the flags as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("list", "List the flags and their values.") { s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var flags = await ReadAllAsync(new FlagService.FlagServiceClient(connection.Calls), cancellationToken);
        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(new([.. flags.Select(FlagJson.From)]), FlagJsonContext.Standard.FlagListJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        var page = new TextColumn(Consoles.Output());
        foreach (var flag in flags)
        {
            page.Paragraph("", FlagText.Of(flag), "bold");
            page.Paragraph("    ", flag.Description);
            page.Paragraph("    ", FlagText.ValuesOf(flag));
        }

        return (int)ExitCode.Done;
    }

    private static async Task<List<Flag>> ReadAllAsync(FlagService.FlagServiceClient client, CancellationToken cancellationToken)
    {
        var flags = new List<Flag>();
        var request = new ListFlagsRequest { PageSize = PageSize };
        do
        {
            var answer = await client.ListFlagsAsync(request, cancellationToken: cancellationToken);
            flags.AddRange(answer.Flags);
            request.PageToken = answer.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return flags;
    }
}
