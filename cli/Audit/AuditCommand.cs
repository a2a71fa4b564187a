using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Operations.V1;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Protos.Operations.V1.AuditService;

namespace FaultMaven.Cli.Audit;

/// <summary><c>fm audit</c>: who changed what, and what was refused.</summary>
internal static class AuditCommand
{
    private const int PageSize = 100;

    private static readonly Option<string> s_log = new("--log")
    {
        Description = "The log of one service, such as session; gateway for keys and the edge [default: all]",
        HelpName = "SERVICE",
        DefaultValueFactory = _ => "-",
    };

    private static readonly Option<string> s_filter = new("--filter")
    {
        Description = "Which entries, such as 'actor = \"person:alice\" AND kind = REFUSED'",
        HelpName = "FILTER",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<int> s_count = new("--count", "-n")
    {
        Description = "How many entries, the newest first",
        DefaultValueFactory = _ => PageSize,
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON, one entry or log per line" };

    private static readonly Option<KnownEntry?> s_known = new("--known")
    {
        Description = "Check also that this entry, which verify printed before, is as it was; with --log",
        HelpName = "NUMBER:HASH",
        CustomParser = KnownEntry.Parse,
    };

    private static readonly JsonFormatter s_lines = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    public static Command Create(TimeProvider time) => new("audit", "Read who changed what and what was refused.")
    {
        Below("list", "List entries, the newest first.", time, ListAsync, s_log, s_filter, s_count, s_json),
        Below("verify", "Check that nothing was changed or taken out.", time, VerifyAsync, s_log, s_known, s_json),
        Below("export", "Print all entries as lines of JSON, the oldest first.", time, ExportAsync, s_log, s_filter),
    };

    private static Command Below(
        string name,
        string description,
        TimeProvider time,
        Func<ParseResult, AuditServiceClient, CancellationToken, Task<ExitCode>> run,
        params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            return (int)await run(parse, new AuditServiceClient(connection.Calls), cancellationToken);
        });
        return command;
    }

    private static async Task<ExitCode> ListAsync(ParseResult parse, AuditServiceClient audit, CancellationToken cancellationToken)
    {
        var left = parse.GetValue(s_count);
        var request = new ListAuditEntriesRequest { Parent = NameOf(parse), Filter = parse.GetValue(s_filter) };
        var page = new TextColumn(Consoles.Output());
        do
        {
            request.PageSize = Math.Clamp(left, 1, PageSize);
            var answer = await audit.ListAuditEntriesAsync(request, cancellationToken: cancellationToken);
            foreach (var entry in answer.AuditEntries.Take(left))
            {
                left--;
                if (parse.GetValue(s_json))
                {
                    await WriteLineAsync(entry, cancellationToken);
                }
                else
                {
                    AuditText.Write(page, entry);
                }
            }

            request.PageToken = answer.NextPageToken;
        }
        while (request.PageToken.Length > 0 && left > 0);

        return ExitCode.Done;
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parse, AuditServiceClient audit, CancellationToken cancellationToken)
    {
        var request = new VerifyAuditLogsRequest { Name = NameOf(parse) };
        if (parse.GetValue(s_known) is { } known)
        {
            request.KnownSequence = known.Number;
            request.KnownHash = known.Hash;
        }

        var answer = await audit.VerifyAuditLogsAsync(request, cancellationToken: cancellationToken);
        var page = new TextColumn(Consoles.Output());
        foreach (var log in answer.AuditLogs)
        {
            if (parse.GetValue(s_json))
            {
                await WriteLineAsync(log, cancellationToken);
            }
            else
            {
                AuditText.Write(page, log);
            }
        }

        return answer.AuditLogs.FirstOrDefault(log => log.ProblemSequence > 0) is { } broken
            ? throw new CommandFailedException(
                ExitCode.Failed,
                $"{broken.Name} does not hold together: entry {broken.ProblemSequence} {AuditText.Explain(broken.Problem)}.")
            : ExitCode.Done;
    }

    private static async Task<ExitCode> ExportAsync(ParseResult parse, AuditServiceClient audit, CancellationToken cancellationToken)
    {
        using var call = audit.ExportAuditEntries(
            new() { Parent = NameOf(parse), Filter = parse.GetValue(s_filter) }, cancellationToken: cancellationToken);
        await foreach (var entry in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            await WriteLineAsync(entry, cancellationToken);
        }

        return ExitCode.Done;
    }

    private static string NameOf(ParseResult parse) => $"auditLogs/{parse.GetValue(s_log)}";

    private static Task WriteLineAsync(IMessage message, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync(s_lines.Format(message).AsMemory(), cancellationToken);
}
