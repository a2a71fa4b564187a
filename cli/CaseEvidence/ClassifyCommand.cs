using System.CommandLine;
using System.CommandLine.Parsing;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence classify EVIDENCE</c>: says what evidence is, or has that looked at afresh; it is analysed again as that.</summary>
internal static class ClassifyCommand
{
    // The stream reports progress, and takes as long as there is text.
    private static readonly TimeSpan s_timeToAnalyse = TimeSpan.FromDays(1);

    private static readonly Option<EvidenceType> s_type = new("--type", "-t")
    {
        Description = $"What it is: {string.Join(", ", Enum.GetValues<EvidenceType>().Where(type => type != EvidenceType.Unspecified).Select(JsonOutput.Name))} [default: what its content says]",
        HelpName = "TYPE",
        CustomParser = ParseType,
    };

    private static readonly Option<string> s_by = new("--by")
    {
        Description = "Who makes this change; kept with the evidence",
        HelpName = "WHO",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the evidence as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("classify", "Say what evidence is, or have it looked at afresh; it is analysed again as that.") { EvidenceArguments.Evidence, s_type, s_by, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        using var call = new DataServiceClient(connection.Calls).ReclassifyEvidence(
            new() { Name = parse.GetRequiredValue(EvidenceArguments.Evidence), Type = parse.GetValue(s_type), RequestedBy = parse.GetRequiredValue(s_by) },
            deadline: (time.GetUtcNow() + s_timeToAnalyse).UtcDateTime,
            cancellationToken: cancellationToken);
        var evidence = (await call.ResponseStream.ReadAllAsync(cancellationToken).LastAsync(cancellationToken)).Evidence;
        await ShowCommand.WriteAsync(evidence, parse.GetValue(s_json), cancellationToken);
        return (int)ExitCode.Done;
    }

    // source_code, source-code and SourceCode are the same.
    private static EvidenceType ParseType(ArgumentResult result)
    {
        var given = result.Tokens[0].Value;
        var known = Enum.GetValues<EvidenceType>().Where(type => type != EvidenceType.Unspecified);
        var type = known.FirstOrDefault(type => string.Equals(type.ToString(), given.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

        if (type == EvidenceType.Unspecified)
        {
            result.AddError($"'{given}' is not an evidence type; fm evidence classify --help lists them.");
        }

        return type;
    }
}
