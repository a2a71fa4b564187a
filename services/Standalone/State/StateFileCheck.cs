using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Standalone.State;

/// <summary>Verifies the tables of a store.</summary>
internal static class StateFileCheck
{
    private const string Gaps =
        """
        SELECT count(*) FROM
            (SELECT 1 FROM entries GROUP BY stream HAVING min(position) <> 1 OR max(position) <> count(*))
        """;

    private static readonly (string Query, string Problem)[] s_checks =
    [
        (Gaps, "streams have gaps"),
        ("SELECT count(*) FROM entries WHERE stream NOT IN (SELECT id FROM streams)", "entries belong to no stream"),
        ("SELECT count(*) FROM streams WHERE partition NOT IN (SELECT id FROM partitions)", "streams belong to no partition"),
        ("SELECT count(*) FROM records WHERE partition NOT IN (SELECT id FROM partitions)", "records belong to no partition"),
        ("SELECT count(*) FROM records WHERE version > (SELECT version FROM counter)", "records have a version that was never given"),
    ];

    /// <summary>Counts what there is, and reports what does not fit together.</summary>
    public static void Run(StateConnection connection, StateFindings findings)
    {
        findings.Count("records", connection.Number("SELECT count(*) FROM records"));
        findings.Count("entries of streams", connection.Number("SELECT count(*) FROM entries"));
        foreach (var (query, problem) in s_checks)
        {
            if (connection.Number(query) is > 0 and var count)
            {
                findings.Report($"{count} {problem}.");
            }
        }
    }
}
