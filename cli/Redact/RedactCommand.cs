using System.CommandLine;
using System.Text;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Pipes;
using static FaultMaven.Protos.Redaction.V1.RedactionService;

namespace FaultMaven.Cli.Redact;

/// <summary><c>fm redact [FILE]</c>: secrets and personal data out of a text of any length, or out of many texts.</summary>
internal static class RedactCommand
{
    private static readonly Argument<string> s_file = new("file")
    {
        Description = "The file to redact; without one, or with -, standard input",
        HelpName = "FILE",
        DefaultValueFactory = _ => "-",
    };

    private static readonly Option<bool> s_jsonLines = new("--jsonl")
    {
        Description = """Read {"id", "text"} and write {"id", "text", "findings"}, one JSON object a line, in order""",
    };

    private static readonly Option<string?> s_scope = new("--scope")
    {
        Description = "Give a value the same placeholder wherever this scope is used [default: a scope of this run]",
        HelpName = "NAME",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("redact", "Replace secrets and personal data in text with placeholders.") { s_file, s_jsonLines, s_scope };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(parse.GetRequiredValue(s_file));
        await using var connection = await Connection.OpenStatelessAsync(parse, time, cancellationToken);

        var redaction = new RedactionServiceClient(connection.Calls);
        var scope = parse.GetValue(s_scope) ?? $"fm-{Guid.NewGuid():N}";

        if (parse.GetValue(s_jsonLines))
        {
            await new JsonLinesRedaction(redaction, scope).RunAsync(input, cancellationToken);
        }
        else
        {
            await RedactTextAsync(redaction, scope, input, cancellationToken);
        }

        return (int)ExitCode.Done;
    }

    private static async Task RedactTextAsync(RedactionServiceClient redaction, string scope, Stream input, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        var replacement = new CountedReplacement();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);

        await StreamedRedaction.RunAsync(
            redaction,
            scope,
            TextPieces.ReadAsync(input, replacement, cancellationToken),
            async (response, token) =>
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(response.Text), token);
                foreach (var finding in response.Findings)
                {
                    counts[finding.Type] = counts.GetValueOrDefault(finding.Type) + 1;
                }
            },
            cancellationToken);

        var found = string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));
        await Console.Error.WriteLineAsync(found.Length > 0 ? $"Replaced {found}." : "Nothing to replace.");
        if (replacement.Count > 0)
        {
            await Console.Error.WriteLineAsync($"Bytes that are no UTF-8 became U+FFFD in {replacement.Count:N0} places; convert the text first if they matter.");
        }
    }
}
