using System.Globalization;
using FaultMaven.Data.Analysis.Signals;

namespace FaultMaven.Data.Analysis.Documents.Plans;

/// <summary>Tells what is slow, misjudged or too large in the plan of a query.</summary>
internal static class PlanSignals
{
    /// <summary>Reading fewer rows than this one by one is what a planner should do.</summary>
    private const double ManyRows = 10_000;

    /// <summary>An estimate that is off by less changes no plan.</summary>
    private const double OffFactor = 10;

    private const double OffRows = 1_000;
    private const double SlowShare = 0.3;
    private const double SlowMilliseconds = 100;
    private const int MaxSignals = 20;

    public static void Judge(PlanStep root, SignalBuilder signals)
    {
        var reported = 0;
        var whole = root.Milliseconds ?? 0;
        foreach (var step in root.All())
        {
            foreach (var draft in Of(step, whole))
            {
                if (reported++ >= MaxSignals)
                {
                    return;
                }

                signals.Add(draft);
            }
        }

        if (reported == 0)
        {
            signals.Add(new SignalDraft("db.plan_sound", "query",
                $"The plan ({root.Title}) has no large scan, misestimate, spill or slow step"
                + $"{(root.Milliseconds is { } took ? $"; it took {Text(took)} ms" : "")}.", root.At)
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
                Attributes = [("step", root.Title), ("ms", root.Milliseconds is { } ms ? Text(ms) : null)],
            });
        }
    }

    private static IEnumerable<SignalDraft> Of(PlanStep step, double whole)
    {
        var subject = step.Table.Length > 0 ? $"table/{step.Table}" : "query";
        var read = (step.Actual ?? step.Expected ?? 0) + step.Removed;
        if (step.ReadsAll && read >= ManyRows)
        {
            var by = step.Filter.Length > 0 ? $" for {step.Filter}" : "";
            yield return new SignalDraft("db.sequential_scan", subject,
                $"{step.Title} reads all {Text(read)} rows{by}"
                + $"{(step.Removed > 0 ? $" and throws {Text(step.Removed)} of them away" : "")}.", step.At)
            {
                Surprise = step.Removed > 0.9 * read ? 0.7 : 0.4,
                Attributes = [("table", step.Table), ("rows", Text(read)), ("condition", step.Filter), ("step", step.Title)],
            };
        }

        // Loops are rounded to whole rows for each, hence the floor of one.
        if (step is { Expected: { } expected, Actual: { } actual } && Math.Abs(expected - actual) >= OffRows
            && Math.Max(expected, 1) / Math.Max(actual, 1) is var factor && (factor >= OffFactor || factor <= 1 / OffFactor))
        {
            yield return new SignalDraft("db.estimate_off", subject,
                $"{step.Title} was expected to give {Text(expected)} rows and gave {Text(actual)}, {Text(Math.Max(factor, 1 / factor))} "
                + $"times {(factor > 1 ? "fewer" : "more")}.", step.At)
            {
                Surprise = 0.5,
                Attributes = [("table", step.Table), ("expected_rows", Text(expected)), ("rows", Text(actual)), ("step", step.Title)],
            };
        }

        if (step.SpilledKilobytes > 0)
        {
            yield return new SignalDraft("db.spill", subject,
                $"{step.Title} did not fit into memory and wrote {Text(step.SpilledKilobytes)} kB to disk.", step.At)
            {
                Surprise = 0.6,
                Attributes = [("step", step.Title), ("disk_kb", Text(step.SpilledKilobytes))],
            };
        }

        var own = step.Milliseconds - step.Steps.Sum(below => below.Milliseconds ?? 0);
        if (own is { } ms && whole >= SlowMilliseconds && ms >= SlowShare * whole)
        {
            yield return new SignalDraft("db.slow_step", subject,
                $"{step.Title} takes {Text(ms)} ms by itself, {(ms / whole).ToString("0%", CultureInfo.InvariantCulture)} of the "
                + $"{Text(whole)} ms of the query.", step.At)
            {
                Surprise = ms / whole,
                Attributes =
                    [("step", step.Title), ("table", step.Table), ("ms", Text(ms)),
                    ("share", (ms / whole).ToString("0.##", CultureInfo.InvariantCulture))],
            };
        }
    }

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
