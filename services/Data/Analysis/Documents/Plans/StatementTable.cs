using System.Globalization;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Plans;

/// <summary>
/// Reads tables of statements and what they cost, such as an export of pg_stat_statements: <c>query,calls,total_time</c>.
/// </summary>
internal static class StatementTable
{
    private const int MaxRows = 10_000;
    private const double Dominant = 0.5;

    public static void Read(SourceText text, CsvShape table, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var statement = Find(table, "query", "statement", "sql", "sql_text", "digest_text", "wait_event");
        var amount =
            Find(table, "total_exec_time", "total_time", "total_time_ms", "sum_timer_wait", "db_load", "load", "time", "total", "count");
        if (statement < 0 || amount < 0)
        {
            return;
        }

        var rows = new List<(string Statement, double Amount, LineRange At)>();
        foreach (var (fields, at) in Csv.Rows(text, table.Separator).Skip(1).Take(MaxRows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (fields.Count > Math.Max(statement, amount) && Values.TryNumber(fields[amount], out var cost) && cost >= 0)
            {
                rows.Add((fields[statement], cost, at));
            }
        }

        if (rows.Count < 2)
        {
            return;
        }

        var total = rows.Sum(row => row.Amount);
        var most = rows.MaxBy(row => row.Amount);
        if (total <= 0 || most.Amount / total < Dominant)
        {
            return;
        }

        var isWait = Names.Same(table.Header[statement], "wait_event");
        var share = most.Amount / total;
        signals.Add(new SignalDraft(
            isWait ? "db.wait_dominant" : "db.statement_dominant", "database",
            $"{(isWait ? "The wait event" : "The statement")} {Quotation.Of(most.Statement)} makes up "
                + $"{share.ToString("0%", CultureInfo.InvariantCulture)} of {table.Header[amount]} in this table.",
                most.At)
        {
            // Something always leads; nothing here says that the database is busy.
            Severity = Proto.Severity.Info,
            Surprise = 0.4,
            Attributes =
                [(isWait ? "wait" : "statement", most.Statement), ("load", most.Amount),
                ("share", share.ToString("0.##", CultureInfo.InvariantCulture))],
        });
    }

    private static int Find(CsvShape table, params string[] names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < table.Header.Count; i++)
            {
                if (Names.Same(table.Header[i], name))
                {
                    return i;
                }
            }
        }

        return -1;
    }
}
