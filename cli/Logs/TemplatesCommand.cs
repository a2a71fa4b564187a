using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Pipes;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.Logs;

/// <summary><c>fm logs templates FILE</c>: the templates of the messages of a log, with counts.</summary>
internal static class TemplatesCommand
{
    private const int ChunkBytes = 64 * 1024;

    private static readonly Argument<string> s_file = new("file")
    {
        Description = "The log; - for standard input",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_messageOnly = new("--message-only")
    {
        Description = "Every line is a message, without time, level or source before it",
    };

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Print the templates and the template id of every line as JSON",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("templates", "Find the templates of a log's messages, with <*> for the variable parts.")
        {
            s_file, s_messageOnly, s_json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(parse.GetRequiredValue(s_file));
        await using var connection = await Connection.OpenStatelessAsync(parse, time, cancellationToken);
        using var call = new DataServiceClient(connection.Calls).MineTemplates(cancellationToken: cancellationToken);

        await BothWays.RunAsync(
            token => SendAsync(call.RequestStream, input, parse.GetValue(s_messageOnly), token),
            token => parse.GetValue(s_json)
                ? TemplatesJson.WriteAsync(call.ResponseStream.ReadAllAsync(token), token)
                : WriteTextAsync(call.ResponseStream.ReadAllAsync(token)),
            cancellationToken);

        return (int)ExitCode.Done;
    }

    private static async Task SendAsync(
        IClientStreamWriter<MineTemplatesRequest> requests, Stream input, bool messageOnly, CancellationToken cancellationToken)
    {
        await requests.WriteAsync(new() { Options = new() { MessageOnly = messageOnly } }, cancellationToken);

        var buffer = new byte[ChunkBytes];
        while (await input.ReadSomeAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await requests.WriteAsync(new() { Chunk = ByteString.CopyFrom(buffer, 0, read) }, cancellationToken);
        }

        await requests.CompleteAsync();
    }

    private static async Task WriteTextAsync(IAsyncEnumerable<MineTemplatesResponse> responses)
    {
        var templates = new List<LogTemplate>();
        await foreach (var response in responses)
        {
            templates.AddRange(response.Templates);
        }

        var page = new TextColumn(Consoles.Output());
        foreach (var template in templates.OrderByDescending(template => template.Count).ThenBy(template => template.Id))
        {
            page.Paragraph($"{template.Count,8}  ", template.Template, leadStyle: "dim");
        }
    }
}
