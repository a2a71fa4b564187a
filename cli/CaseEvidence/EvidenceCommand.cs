using System.CommandLine;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence</c>: the evidence of a case.</summary>
internal static class EvidenceCommand
{
    public static Command Create(TimeProvider time) => new("evidence", "Add, list, search and classify the evidence of a case.")
    {
        AddCommand.Create(time),
        ListCommand.Create(time),
        ShowCommand.Create(time),
        CatCommand.Create(time),
        SearchCommand.Create(time),
        TimelineCommand.Create(time),
        GraphCommand.Create(time),
        ClassifyCommand.Create(time),
    };
}
