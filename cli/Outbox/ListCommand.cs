using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using static FaultMaven.Protos.Operations.V1.OutboxService;

namespace FaultMaven.Cli.Outbox;

/// <summary><c>fm outbox list</c>: the events that are no longer tried.</summary>
internal static class ListCommand
{
    private const int PageSize = 200;

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the events as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("list", "List the events that could not be delivered and are no longer tried.") { s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var client = new OutboxServiceClient(connection.Calls);
        var letters = new List<DeadLetter>();
        foreach (var outbox in OutboxCommand.Outboxes)
        {
            letters.AddRange(await ReadAllAsync(client, outbox, cancellationToken));
        }

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(
                new([.. letters.Select(DeadLetterJson.From)]), OutboxJsonContext.Standard.DeadLetterListJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        if (letters.Count == 0)
        {
            await Console.Error.WriteLineAsync("There are no dead letters.".AsMemory(), cancellationToken);
        }

        var page = new TextColumn(Consoles.Output());
        foreach (var letter in letters)
        {
            page.Paragraph("", letter.Name, "bold");
            page.Paragraph("    ", letter.EventType.Length > 0 ? $"{letter.EventType} {letter.Event}" : "An entry that cannot be read.");
            var tried = letter.FailTime.ToDateTimeOffset();
            page.Paragraph("    ", $"Attempts: {letter.AttemptCount}, the last at {tried:yyyy-MM-dd HH:mm:ss}Z: {letter.Error}", "dim");
        }

        return (int)ExitCode.Done;
    }

    private static async Task<List<DeadLetter>> ReadAllAsync(
        OutboxServiceClient client, OutboxName outbox, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        var request = new ListDeadLettersRequest { Parent = outbox.ToString(), PageSize = PageSize };
        do
        {
            var page = await client.ListDeadLettersAsync(request, OutboxCommand.For(outbox), cancellationToken: cancellationToken);
            letters.AddRange(page.DeadLetters);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return letters;
    }
}
