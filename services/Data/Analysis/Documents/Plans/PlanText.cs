using System.Text.RegularExpressions;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Plans;

/// <summary>
/// Reads plans as PostgreSQL prints them:
/// <c>-&gt;  Seq Scan on orders o  (cost=0.00..35.50 rows=2550 width=4) (actual time=0.01..91.20 rows=9 loops=1)</c>.
/// </summary>
internal static partial class PlanText
{
    private const int MaxSteps = 5_000;

    public static IReadOnlyList<PlanStep> Read(SourceText text, CancellationToken cancellationToken)
    {
        var roots = new List<PlanStep>();
        var above = new Stack<(int Indent, PlanStep Step)>();
        var steps = 0;
        for (var number = 1; number <= text.LineCount && steps < MaxSteps; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var span = text.Line(number);
            if (span.Length > 4096)
            {
                continue;
            }

            var line = span.ToString();
            var match = Step().Match(line);
            if (!match.Success)
            {
                if (above.TryPeek(out var current))
                {
                    Detail(line, current.Step);
                }

                continue;
            }

            var step = StepOf(match, number);
            steps++;
            var indent = match.Groups["indent"].Length;
            while (above.TryPeek(out var top) && top.Indent >= indent)
            {
                above.Pop();
            }

            if (above.TryPeek(out var parent))
            {
                parent.Step.Steps.Add(step);
            }
            else
            {
                roots.Add(step);
            }

            above.Push((indent, step));
        }

        return roots;
    }

    private static PlanStep StepOf(Match match, int number)
    {
        var title = match.Groups["title"].Value.Trim();
        var on = title.IndexOf(" on ", StringComparison.Ordinal);
        var name = on < 0 ? title : title[..on];
        var table = on < 0 ? "" : title[(on + 4)..].Split(' ')[0];
        var step =
            new PlanStep(name, table, new LineRange(number, number)) { ReadsAll = name.EndsWith("Seq Scan", StringComparison.Ordinal) };
        step.Expected = Number(match, "expected");
        if (match.Groups["loops"].Success)
        {
            // What is printed is for one loop.
            step.Loops = Math.Max(1, Number(match, "loops") ?? 1);
            step.Actual = Number(match, "actual") * step.Loops;
            step.Expected *= step.Loops;
            step.Milliseconds = Number(match, "time") * step.Loops;
        }

        return step;
    }

    private static void Detail(string line, PlanStep step)
    {
        var trimmed = line.AsSpan().Trim();
        if (trimmed.StartsWith("Filter: ", StringComparison.Ordinal))
        {
            step.Filter = trimmed[8..].ToString();
        }
        else if (trimmed.StartsWith("Rows Removed by Filter: ", StringComparison.Ordinal)
            && Values.TryNumber(trimmed[24..], out var removed))
        {
            step.Removed = removed * step.Loops;
        }
        else if (Spill().Match(line) is { Success: true } spill)
        {
            step.SpilledKilobytes = Math.Max(step.SpilledKilobytes, Number(spill, "kb") ?? 0);
        }
        else if (Batches().Match(line) is { Success: true } batches && Number(batches, "count") > 1 && step.SpilledKilobytes == 0)
        {
            // A hash in several batches keeps all but one of them on disk, each as large as what is in memory.
            step.SpilledKilobytes = (Number(batches, "kb") ?? 0) * ((Number(batches, "count") ?? 1) - 1);
        }
    }

    private static double? Number(Match match, string group) => Values.TryNumber(match.Groups[group].Value, out var number) ? number : null;

    [GeneratedRegex(@"^(?<indent>[\s|]{0,400}(->)?\s{0,4})(?<title>[A-Z][^(]{2,200}?)\s+\(cost=[\d.]{1,20}\.\.[\d.]{1,20} rows="
        + @"(?<expected>\d{1,18}) width=\d{1,9}\)(\s\(actual( time=[\d.]{1,20}\.\.(?<time>[\d.]{1,20}))? rows=(?<actual>[\d.]{1,18}) "
        + @"loops=(?<loops>\d{1,12})\))?", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();

    // Sort Method: external merge  Disk: 102400kB | Disk Usage: 4096kB
    [GeneratedRegex(@"Disk( Usage)?: (?<kb>\d{1,15})kB", RegexOptions.ExplicitCapture)]
    private static partial Regex Spill();

    // Buckets: 65536  Batches: 16  Memory Usage: 3200kB
    [GeneratedRegex(@"Batches: (?<count>\d{1,9})( \(originally \d{1,9}\))?  Memory Usage: (?<kb>\d{1,15})kB", RegexOptions.ExplicitCapture)]
    private static partial Regex Batches();
}
