using System.CommandLine;
using System.CommandLine.Parsing;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence classify EVIDENCE</c>: sets the type of evidence, or detects it again, and analyses the evidence as that
/// type.</summary>
internal static class ClassifyCommand
{
    // The stream reports progress, and takes as long as there is text.
    private static readonly TimeSpan s_timeToAnalyse = TimeSpan.FromDays(1);

    private static readonly Option<EvidenceType> s_type = new("--type", "-t")
    {
        Description = $"The type: {string.Join(", ", Types().Select(JsonOutput.Name))} [default: detected from the content]",
        HelpName = "TYPE",
        CustomParser = ParseType,
    };

    private static readonly Option<string> s_by = new("--by")
    {
        Description = "Who makes this change; stored with the evidence",
        HelpName = "NAME",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the evidence as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("classify", "Set the type of evidence, or detect it again, and analyse the evidence as that type.")
        {
            EvidenceArguments.Evidence, s_type, s_by, s_json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var given = parse.GetRequiredValue(EvidenceArguments.Evidence);
        var name = await CaseNames.FindEvidenceAsync(connection.Calls, given, cancellationToken);
        using var call = new DataServiceClient(connection.Calls).ReclassifyEvidence(
            new() { Name = name, Type = parse.GetValue(s_type), RequestedBy = parse.GetValue(s_by) ?? "" },
            deadline: (time.GetUtcNow() + s_timeToAnalyse).UtcDateTime,
            cancellationToken: cancellationToken);
        var evidence = (await call.ResponseStream.ReadAllAsync(cancellationToken).LastAsync(cancellationToken)).Evidence;
        await ShowCommand.WriteAsync(evidence, parse.GetValue(s_json), cancellationToken);
        return (int)ExitCode.Done;
    }

    private static IEnumerable<EvidenceType> Types() => Enum.GetValues<EvidenceType>().Where(type => type != EvidenceType.Unspecified);

    // source_code, source-code and SourceCode are the same.
    private static EvidenceType ParseType(ArgumentResult result)
    {
        var given = result.Tokens[0].Value;
        var letters = given.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        var type = Types().FirstOrDefault(type => string.Equals($"{type}", letters, StringComparison.OrdinalIgnoreCase));

        if (type == EvidenceType.Unspecified)
        {
            result.AddError($"'{given}' is not an evidence type; fm evidence classify --help lists them.");
        }

        return type;
    }
}
