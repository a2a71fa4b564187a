using System.CommandLine;
using FaultMaven.Cli.Terminal;

namespace FaultMaven.Cli.Investigate;

/// <summary>Prints an investigation as its options say: a report for people, or JSON.</summary>
internal static class InvestigationOutput
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print the investigation as JSON" };

    public static Option<bool> Redacted { get; } = new("--redacted")
    {
        Description = "Leave addresses and host names as placeholders, for reports that are passed on",
    };

    public static Option<bool> All { get; } = new("--all")
    {
        Description = "Print all there is: the five phases, every hypothesis with its likelihood, every claim",
    };

    public static async Task WriteAsync(ParseResult parse, Investigation investigation, CancellationToken cancellationToken)
    {
        if (parse.GetValue(Json))
        {
            await JsonOutput.WriteAsync(investigation.ToJson(), InvestigationJsonContext.Standard.InvestigationJson, cancellationToken);
        }
        else
        {
            new InvestigationReport(new TextColumn(Consoles.Output()), new NextCommand(parse)).Write(investigation, parse.GetValue(All));
        }
    }
}
