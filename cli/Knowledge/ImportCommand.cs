using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Knowledge.V1;
using Grpc.Core;
using static FaultMaven.Protos.Knowledge.V1.KnowledgeService;

namespace FaultMaven.Cli.Knowledge;

/// <summary><c>fm knowledge import PATH</c>: imports documents; one with a known path replaces the stored text.</summary>
internal static class ImportCommand
{
    // A full batch is split, redacted and indexed before it is answered.
    private static readonly TimeSpan s_timeForBatch = TimeSpan.FromMinutes(5);

    private static readonly Argument<string> s_path = new("path")
    {
        Description = "A document, or a folder of documents: Markdown (.md, .markdown) and plain text (.txt)",
        HelpName = "PATH",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("import", "Import a document or a folder of documents; a known path is updated.") { s_path };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var (folder, files) = DocumentFolder.List(parse.GetRequiredValue(s_path));
        var results = new List<ImportResult>();

        await ProgressDisplay.RunAsync("Starting", async display =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var knowledge = new KnowledgeServiceClient(connection.Calls);

            foreach (var batch in DocumentFolder.Batch(folder, files))
            {
                results.AddRange(await ImportAsync(knowledge, batch, time, cancellationToken));
                display.Show($"Importing {Counted.Of(files.Count, "document")}: {results.Count} done");
            }

            foreach (var refused in results.Where(IsRefused))
            {
                display.Print($"[yellow]{PrintableText.Markup($"{refused.Path} was left out: {refused.Error.Message}")}[/]");
            }
        });

        await Console.Out.WriteLineAsync(
            $"{Counted.Of(results.Count, "document")}: {Count(ImportResult.Types.Outcome.Created)} new, "
            + $"{Count(ImportResult.Types.Outcome.Updated)} changed, {Count(ImportResult.Types.Outcome.Unchanged)} unchanged, "
            + $"{results.Count(IsRefused)} left out.");
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
        catch (RpcException exception)
            when (exception.StatusCode is StatusCode.InvalidArgument or StatusCode.ResourceExhausted && batch.Documents.Count == 1)
        {
            return [new ImportResult { Path = batch.Documents[0].Path, Error = exception.GetRpcStatus() }];
        }
    }

    private static bool IsRefused(ImportResult result) => result.Error is not null;
}
