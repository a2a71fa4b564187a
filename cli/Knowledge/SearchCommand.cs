using System.CommandLine;
using System.Text.Json;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Pipes;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Knowledge.V1;
using static FaultMaven.Protos.Knowledge.V1.KnowledgeService;

namespace FaultMaven.Cli.Knowledge;

/// <summary><c>fm knowledge search QUERY</c>: the sections that answer a query, or many queries from standard input.</summary>
internal static class SearchCommand
{
    private const int MaxHits = 10;
    private const int QueriesAtOnce = 8;
    private const int ExcerptLength = 300;

    private static readonly Argument<string[]> s_query = new("query")
    {
        Description = "The question, in the words of an engineer or an alert",
        HelpName = "QUERY",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> s_jsonLines = new("--jsonl")
    {
        Description = """Read {"id", "query"} from standard input and write {"id", "answered", "hits"}, one JSON object a line, in order""",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the answer as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("search", "Search the knowledge base.") { s_query, s_jsonLines, s_json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(s_query) is { Length: > 0 } == result.GetValue(s_jsonLines))
            {
                result.AddError("Give a QUERY, or --jsonl to read queries from standard input.");
            }
        });
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var knowledge = new KnowledgeServiceClient(connection.Calls);

        if (parse.GetValue(s_jsonLines))
        {
            await SearchManyAsync(knowledge, cancellationToken);
            return (int)ExitCode.Done;
        }

        var query = string.Join(' ', parse.GetRequiredValue(s_query));
        var response = await SearchAsync(knowledge, query, cancellationToken);

        if (parse.GetValue(s_json))
        {
            await using var output = new JsonLinesOutput();
            output.Add(("null", response), Write);
            await output.FlushAsync(cancellationToken);
        }
        else
        {
            Print(response);
        }

        return (int)ExitCode.Done;
    }

    private static async Task SearchManyAsync(KnowledgeServiceClient knowledge, CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = new JsonLinesOutput();

        await OrderedPipeline.RunAsync(
            OneByOneAsync(),
            QueriesAtOnce,
            async (line, token) => (line.Id, await SearchAsync(knowledge, line.Text, token)),
            async (found, token) =>
            {
                output.Add(found, Write);
                await output.FlushAsync(token);
            },
            cancellationToken);

        async IAsyncEnumerable<JsonLine> OneByOneAsync()
        {
            await foreach (var group in JsonLines.ReadGroupsAsync(input, "query", int.MaxValue, int.MaxValue, cancellationToken))
            {
                foreach (var line in group)
                {
                    yield return line;
                }
            }
        }
    }

    private static async Task<SearchDocumentsResponse> SearchAsync(
        KnowledgeServiceClient knowledge, string query, CancellationToken cancellationToken) =>
        await knowledge.SearchDocumentsAsync(new() { Query = query, MaxResults = MaxHits }, cancellationToken: cancellationToken);

    private static void Write(Utf8JsonWriter json, (string Id, SearchDocumentsResponse Response) found)
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        json.WriteRawValue(found.Id, skipInputValidation: true);
        json.WriteBoolean("answered", found.Response.Answered);
        json.WriteStartArray("hits");

        foreach (var hit in found.Response.Hits)
        {
            json.WriteStartObject();
            json.WriteString("document", hit.Path);
            json.WriteNumber("score", hit.Score);
            json.WriteString("title", hit.Title);
            json.WriteNumber("start_line", hit.StartLine);
            json.WriteNumber("end_line", hit.EndLine);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Print(SearchDocumentsResponse response)
    {
        var page = new TextColumn(Consoles.Output());

        if (!response.Answered)
        {
            page.Paragraph("", response.Hits.Count > 0 ? "No document answers this. The closest:" : "No document answers this.", "yellow");
        }

        foreach (var hit in response.Hits)
        {
            page.Paragraph("", $"{hit.Path}:{hit.StartLine}-{hit.EndLine}  {string.Join(" › ", hit.Headings)}", "bold");
            page.Paragraph("  ", hit.Text.Length > ExcerptLength ? $"{hit.Text[..ExcerptLength]}…" : hit.Text);
            page.Blank();
        }
    }
}
