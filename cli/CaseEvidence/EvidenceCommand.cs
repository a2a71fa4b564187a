using System.CommandLine;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence</c>: what a case rests on.</summary>
internal static class EvidenceCommand
{
    public static Command Create(TimeProvider time) => new("evidence", "Look at the evidence of a case, and say what it is.")
    {
        ListCommand.Create(time),
        ShowCommand.Create(time),
        ClassifyCommand.Create(time),
        TimelineCommand.Create(time),
    };
}
