using System.Text;
using FaultMaven.Data.Analysis.Documents.Commands;
using FaultMaven.Data.Analysis.Statements;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Classify;

/// <summary>Classifies text by the headers that commands, profilers and databases put above what they print.</summary>
internal static class HeaderShapes
{
    private const int MinTitles = 4;
    private const int MaxTitlesLength = 400;

    private static readonly string[] s_commands =
    [
        "load average:", "%Cpu(s):", "PID USER", "USER PID %CPU", "UID PID PPID", "Filesystem", "total used free",
        "procs -----------memory", "r b swpd free",
        "Device r/s", "Device tps", "avg-cpu:", "Proto Recv-Q", "Netid State", "State Recv-Q Send-Q", "NAME READY STATUS RESTARTS",
        "NAME STATUS ROLES", "NAME READY UP-TO-DATE",
        "NAMESPACE NAME READY", "LAST SEEN TYPE REASON", "CONTAINER ID IMAGE", "CONTAINER ID NAME CPU %", "NAME CPU(cores)",
        "NAME CPU(cores) CPU%", "NAME TYPE CLUSTER-IP",
        "NAME STATUS VOLUME", "COMMAND PID USER", "Active Internet connections", "traceroute to", "PING ", "NAME DESIRED CURRENT",
        "NAME REFERENCE TARGETS", "● ",
    ];

    private static readonly string[] s_profiles =
        ["ncalls tottime", "flat flat% sum%", "# Overhead Command", "Overhead Command Shared Object", "% cumulative self",
        "Showing nodes accounting for", "Total samples", "Self Total Method", "%Own %Total OwnTime", "ns percent samples top"];

    private static readonly string[] s_plans =
        ["QUERY PLAN", "Seq Scan on", "Index Scan using", "Nested Loop (cost", "(actual time=", "EXPLAIN ", "rows examined",
        "Rows_examined", "# Query_time", "wait_event_type | wait_event", "LATEST DETECTED DEADLOCK"];

    public static void Mark(SourceText text, string head, LineShapes lines, TypeScores marks)
    {
        var squeezed = Squeeze(head);

        if (DescribeReader.IsDescription(text))
        {
            marks.Add(Proto.EvidenceType.CommandOutput, 0.94, "Looks like the output of kubectl describe.");
        }

        var isKnown = false;
        foreach (var command in s_commands)
        {
            if (Begins(squeezed, command))
            {
                // A header deep inside a log is something the log quotes.
                marks.Add(Proto.EvidenceType.CommandOutput, lines.Timed * 2 > lines.Total ? 0.6
                    : 0.93, $"Has the header of a command's output ({command.Trim()}).");
                isKnown = true;
                break;
            }
        }

        if (!isKnown)
        {
            MarkTable(text, marks);
        }

        foreach (var profile in s_profiles)
        {
            if (squeezed.Contains(profile, StringComparison.Ordinal))
            {
                marks.Add(Proto.EvidenceType.Profile, 0.92, $"Has the header of a profile ({profile}).");
                break;
            }
        }

        if (lines.FoldedStacks * 10 >= lines.Total * 8)
        {
            marks.Add(Proto.EvidenceType.Profile, 0.92, "The lines are folded stacks with counts.");
        }

        foreach (var plan in s_plans)
        {
            if (squeezed.Contains(plan, StringComparison.Ordinal) && lines.Timed * 4 < lines.Total)
            {
                marks.Add(Proto.EvidenceType.DatabaseLoad, 0.86, $"Looks like database status or query-plan output ({plan.Trim()}).");
                break;
            }
        }
    }

    // REVISION  UPDATED  STATUS  CHART: a row of titles above rows, whatever tool printed it.
    private static void MarkTable(SourceText text, TypeScores marks)
    {
        var number = 1;
        while (number < text.LineCount
            && (text.Line(number).IsWhiteSpace() || TextStatements.CommandOf(text.Line(number).ToString()) is not null))
        {
            number++;
        }

        var titles = text.Line(number);
        var row = number < text.LineCount ? text.Line(number + 1).ToString() : "";
        if (titles.Length < MaxTitlesLength && !titles.ContainsAnyInRange('0', '9') && !titles.ContainsAny(",|:")
            && TextTable.TryHeader(titles.ToString(), row) is { Titles.Length: >= MinTitles } table && table.Row(row) is not null)
        {
            marks.Add(Proto.EvidenceType.CommandOutput, 0.98, "A row of titles above the rows of a table.");
        }
    }

    private static bool Begins(string squeezed, string header)
    {
        var at = squeezed.IndexOf(header, StringComparison.Ordinal);
        return at == 0
            || (at > 0 && (squeezed[at - 1] == '\n' || header.EndsWith(':') || BeginsLine(squeezed.AsSpan(0, at), "NAMESPACE ")));
    }

    // The listing of all namespaces has one column more.
    private static bool BeginsLine(ReadOnlySpan<char> before, string column) =>
        before.EndsWith(column, StringComparison.Ordinal) && (before.Length == column.Length || before[^(column.Length + 1)] == '\n');

    /// <summary>Runs of blanks become one, since tables are padded.</summary>
    private static string Squeeze(string text)
    {
        var squeezed = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var isBlank = letter is ' ' or '\t' or '\r';
            if (!isBlank || (squeezed.Length > 0 && squeezed[^1] is not (' ' or '\n')))
            {
                squeezed.Append(isBlank ? ' ' : letter);
            }
        }

        return squeezed.ToString();
    }
}
