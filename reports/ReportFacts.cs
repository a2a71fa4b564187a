using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Reports;

/// <summary>The facts of a case as rows of names and values; those that the case does not have are left out.</summary>
internal static class ReportFacts
{
    public static IEnumerable<(string Name, string Value)> Of(Report report)
    {
        var facts = report.Facts ?? new();
        (string, string)[] rows =
        [
            ("Affected", string.Join(", ", facts.Affected)),
            ("Service", facts.Service),
            ("Severity", facts.Severity),
            ("Priority", facts.Priority),
            ("State", facts.Resolution.Length > 0 ? $"{facts.State}: {facts.Resolution}" : facts.State),
            ("Opened", facts.CreateTime is { } opened ? $"{ReportWords.Of(opened)}{By(facts.Owner)}" : ""),
            ("Closed", facts.CloseTime is { } closed ? ReportWords.Of(closed) : ""),
            ("Tags", string.Join(", ", facts.Tags)),
        ];
        return rows.Where(row => row.Item2.Length > 0);
    }

    private static string By(string actor) => actor.Length > 0 ? $" by {ReportWords.Actor(actor)}" : "";
}
