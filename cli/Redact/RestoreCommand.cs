using System.CommandLine;
using System.Text;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Pipes;
using FaultMaven.Cli.Terminal;
using Grpc.Core;
using static FaultMaven.Protos.Redaction.V1.RedactionService;

namespace FaultMaven.Cli.Redact;

/// <summary><c>fm restore [FILE] --scope NAME</c>: replaces the placeholders of a scope by their values.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> s_file = new("file")
    {
        Description = "The redacted file; without one, or with -, standard input",
        HelpName = "FILE",
        DefaultValueFactory = _ => "-",
    };

    private static readonly Option<string> s_scope = new("--scope")
    {
        Description = "The scope in which the text was redacted; for evidence of a case, the case: cases/…",
        HelpName = "NAME",
        Required = true,
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("restore", "Replace placeholders by their values, for callers who may.") { s_file, s_scope };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(parse.GetRequiredValue(s_file));
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var scope = parse.GetRequiredValue(s_scope) is var given && given.StartsWith("cases/", StringComparison.Ordinal)
            ? await CaseNames.FindAsync(connection.Calls, given, cancellationToken)
            : given;
        await using var output = Console.OpenStandardOutput();
        var unresolved = new HashSet<string>(StringComparer.Ordinal);
        var restored = 0L;

        using var call = new RedactionServiceClient(connection.Calls).StreamRestoreText(cancellationToken: cancellationToken);
        await BothWays.RunAsync(
            async token =>
            {
                await call.RequestStream.WriteAsync(new() { Scope = scope }, token);
                await foreach (var piece in TextPieces.ReadAsync(input, new CountedReplacement(), token))
                {
                    await call.RequestStream.WriteAsync(new() { Text = piece }, token);
                }

                await call.RequestStream.CompleteAsync();
            },
            async token =>
            {
                await foreach (var response in call.ResponseStream.ReadAllAsync(token))
                {
                    await output.WriteAsync(Encoding.UTF8.GetBytes(response.Text), token);
                    restored += response.RestoredCount;
                    unresolved.UnionWith(response.UnresolvedPlaceholders);
                }
            },
            cancellationToken);

        await Console.Error.WriteLineAsync($"Restored {Counted.Of(restored, "value")}.");
        if (unresolved.Count > 0)
        {
            var first = string.Join(", ", unresolved.Take(10));
            await Console.Error.WriteLineAsync($"This scope has no value for {first}{(unresolved.Count > 10 ? " and more" : "")}.");
        }

        return (int)ExitCode.Done;
    }
}
