using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Knowledge.V1;
using Grpc.Core;
using static FaultMaven.Protos.Knowledge.V1.KnowledgeService;

namespace FaultMaven.Cli.Knowledge;

/// <summary><c>fm knowledge import DIR</c>: documents into the knowledge base, each replacing the one with the same path.</summary>
internal static class ImportCommand
{
    // A full batch is cut, redacted and indexed before it is answered.
    private static readonly TimeSpan s_timeForBatch = TimeSpan.FromMinutes(5);

    private static readonly Argument<string> s_folder = new("dir")
    {
        Description = "The folder with the documents: Markdown (.md, .markdown) and plain text (.txt)",
        HelpName = "DIR",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("import", "Import the documents below a folder; the same path again replaces the text.") { s_folder };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = parse.GetRequiredValue(s_folder);
        var files = DocumentFolder.List(folder);
        var results = new List<ImportResult>();

        await ProgressDisplay.RunAsync("Starting", async display =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var knowledge = new KnowledgeServiceClient(connection.Calls);

            foreach (var batch in DocumentFolder.Batch(folder, files))
            {
                results.AddRange(await ImportAsync(knowledge, batch, time, cancellationToken));
                display.Show($"Importing {files.Count} documents: {results.Count} done");
            }

            foreach (var refused in results.Where(IsRefused))
            {
                display.Tell($"[yellow]{PrintableText.Markup($"{refused.Path} was left out: {refused.Error.Message}")}[/]");
            }
        });

        await Console.Out.WriteLineAsync(
            $"{results.Count} documents: {Count(ImportResult.Types.Outcome.Created)} new, {Count(ImportResult.Types.Outcome.Updated)} changed, "
            + $"{Count(ImportResult.Types.Outcome.Unchanged)} unchanged, {results.Count(IsRefused)} left out.");
        return (int)(results.TrueForAll(IsRefused) ? ExitCode.Refused : ExitCode.Done);

        int Count(ImportResult.Types.Outcome outcome) => results.Count(result => result.Outcome == outcome);
    }

    private static async Task<IEnumerable<ImportResult>> ImportAsync(
        KnowledgeServiceClient knowledge, BatchImportDocumentsRequest batch, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var deadline = time.GetUtcNow().UtcDateTime + s_timeForBatch;
            return (await knowledge.BatchImportDocumentsAsync(batch, deadline: deadline, cancellationToken: cancellationToken)).Results;
        }
        catch (RpcException exception) when (batch.Documents is [var only] && exception.StatusCode is StatusCode.InvalidArgument or StatusCode.ResourceExhausted)
        {
            return [new ImportResult { Path = only.Path, Error = exception.GetRpcStatus() }];
        }
    }

    private static bool IsRefused(ImportResult result) => result.Error is not null;
}
