using System.CommandLine;
using System.Text;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Pipes;
using FaultMaven.Cli.Terminal;
using static FaultMaven.Protos.Redaction.V1.RedactionService;

namespace FaultMaven.Cli.Redact;

/// <summary><c>fm redact [FILE]</c>: removes secrets and personal data from a text of any length, or from many texts.</summary>
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
        Description = "Give equal values equal placeholders in this scope and store them for fm restore [default: a new scope, not stored]",
        HelpName = "NAME",
    };

    private static readonly Option<string?> s_policy = new("--policy")
    {
        Description = "The redaction policy, see fm policy [default: the built-in policy]",
        HelpName = "NAME",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("redact", "Replace secrets and personal data in text with placeholders.")
        {
            s_file, s_jsonLines, s_scope, s_policy,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(parse.GetRequiredValue(s_file));
        var scope = parse.GetValue(s_scope);
        var policy = PolicyName.From(parse.GetValue(s_policy));
        await using var connection = scope is null && policy.Length == 0
            ? await Connection.OpenStatelessAsync(parse, time, cancellationToken)
            : await Connection.OpenAsync(parse, time, cancellationToken);

        var redaction = new RedactionServiceClient(connection.Calls);
        scope ??= $"fm-{Guid.NewGuid():N}";

        if (parse.GetValue(s_jsonLines))
        {
            await new JsonLinesRedaction(redaction, scope, policy).RunAsync(input, cancellationToken);
        }
        else
        {
            await RedactTextAsync(redaction, scope, policy, input, time, cancellationToken);
        }

        return (int)ExitCode.Done;
    }

    private static async Task RedactTextAsync(
        RedactionServiceClient redaction, string scope, string policy, Stream input, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        var replacement = new CountedReplacement();
        var isDegraded = false;
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);

        await StreamedRedaction.RunAsync(
            redaction,
            scope,
            policy,
            TextPieces.ReadAsync(input, replacement, cancellationToken),
            input.CanSeek ? null : time,
            async (response, token) =>
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(response.Text), token);
                isDegraded |= response.Degraded;
                foreach (var finding in response.Findings)
                {
                    counts[finding.Type] = counts.GetValueOrDefault(finding.Type) + 1;
                }
            },
            cancellationToken);

        var found = string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));
        await Console.Error.WriteLineAsync(found.Length > 0 ? $"Replaced {found}." : "Nothing to replace.");
        if (isDegraded)
        {
            await Console.Error.WriteLineAsync(
                "The external recogniser did not answer; parts of the text were checked by the built-in recognisers only.");
        }

        if (replacement.Count > 0)
        {
            var places = Counted.Of(replacement.Count, "place");
            await Console.Error.WriteLineAsync($"Invalid UTF-8 was replaced by U+FFFD in {places}; convert the text first if it matters.");
        }
    }
}
