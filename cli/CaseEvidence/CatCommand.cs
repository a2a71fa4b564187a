using System.CommandLine;
using System.Text.RegularExpressions;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence cat EVIDENCE[#L120-L131]</c>: the redacted text that is stored, or the lines of a citation.</summary>
internal static partial class CatCommand
{
    private static readonly Argument<string> s_what = new("evidence")
    {
        Description = "The evidence: cases/…/evidence/…; with #L120 or #L120-L131, only these lines",
        HelpName = "EVIDENCE",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("cat", "Print the stored text of evidence.") { s_what };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var given = Citation().Match(parse.GetRequiredValue(s_what));
        var first = given.Groups["first"] is { Success: true } from ? long.Parse(from.Value) : 1;
        var last = given.Groups["last"] is { Success: true } to ? long.Parse(to.Value)
            : given.Groups["first"].Success ? first
            : long.MaxValue;
        if (last < first)
        {
            throw new CommandFailedException(ExitCode.Usage, $"Line {last} comes before line {first}.");
        }

        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindEvidenceAsync(connection.Calls, given.Groups["name"].Value, cancellationToken);
        await PrintAsync(new DataServiceClient(connection.Calls), name, first, last, cancellationToken);
        return (int)ExitCode.Done;
    }

    private static async Task PrintAsync(DataServiceClient data, string name, long first, long last, CancellationToken cancellationToken)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        await foreach (var text in StoredLines.ReadAsync(data, name, first, last, cancellationToken))
        {
            await output.WriteAsync(text.AsMemory(), cancellationToken);
            await output.WriteAsync('\n');
        }
    }

    // cases/0198c1e2/evidence/0198c1e3#L120-L131
    [GeneratedRegex(@"^(?<name>.*?)(#L(?<first>[1-9]\d{0,8})(-L(?<last>[1-9]\d{0,8}))?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Citation();
}
