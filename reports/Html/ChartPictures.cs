using System.Text;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Reports.Html;

/// <summary>The charts of a report: how many log entries there were over time, and the metrics that it cites.</summary>
internal sealed class ChartPictures
{
    private const double WideWidth = 780;
    private const double NarrowWidth = 350;
    private const double LeftRoom = 48;
    private const double RightRoom = 10;
    private const double PanelHeight = 96;
    private const double CurveHeight = 130;
    private const double AxisRoom = 24;
    private const double TitleRoom = 20;
    private const double LegendWidth = 68;

    private readonly Report _report;
    private readonly ChartMarks _marks;
    private readonly (DateTimeOffset From, DateTimeOffset To)? _span;

    public ChartPictures(Report report)
    {
        _report = report;
        _marks = new(report);
        var times = Times().ToList();
        _span = times.Count > 1 && times.Min() < times.Max() ? (times.Min(), times.Max()) : null;
    }

    /// <summary>Both widths of the log rate; empty if there is none.</summary>
    public string LogRate() => _span is null || _report.LogRate is not { BucketCount: > 1 } rate ? ""
        : LogRate(rate, "rate-wide", WideWidth, "chart wide") + LogRate(rate, "rate-narrow", NarrowWidth, "chart narrow");

    /// <summary>A curve; several are side by side where there is room.</summary>
    public string Curve(ReportCurve curve, int number) => _span is null ? "" : Curve(curve, $"curve-{number}", NarrowWidth, "chart");

    // All charts have the same axis, so that they can be read from top to bottom.
    private IEnumerable<DateTimeOffset> Times()
    {
        if (_report.LogRate is { BucketCount: > 1 } rate)
        {
            var start = rate.StartTime.ToDateTimeOffset();
            yield return start;
            yield return BucketStart(rate, rate.BucketCount);
        }

        foreach (var point in _report.Curves.SelectMany(curve => curve.Series.Points))
        {
            yield return point.Time.ToDateTimeOffset();
        }
    }

    private string LogRate(EvidenceTimeline rate, string id, double width, string css)
    {
        var picture = new Picture(id, width);
        var axis = new TimeAxis(_span!.Value.From, _span.Value.To, LeftRoom, width - RightRoom);
        var all = Sum(rate, _ => true);
        var errors = Sum(rate, level => level >= EntryLevel.Error);
        var warnings = Sum(rate, level => level == EntryLevel.Warning);
        var unit = ReportWords.Of(rate.BucketWidth.ToTimeSpan());

        picture.Text(axis.Left, 12, $"Log entries per {unit}", "label");
        var y = _marks.Height;
        Panel(picture, axis, rate, y, [(all, "calm", "")], unit);
        y += TitleRoom + PanelHeight + AxisRoom;
        if (errors.Any(count => count > 0) || warnings.Any(count => count > 0))
        {
            Panel(picture, axis, rate, y, [(errors, "bad", "errors"), (warnings, "warn", "warnings")], unit);
            y += TitleRoom + PanelHeight + AxisRoom;
        }

        _marks.Draw(picture, axis, TitleRoom, y - AxisRoom);
        return picture.Write(y, css, "Log entries over time", Describe(rate, all, errors));
    }

    private static string Describe(EvidenceTimeline rate, long[] all, long[] errors)
    {
        var text = new StringBuilder($"{all.Sum()} entries with a time, from {ReportWords.Of(rate.StartTime)} on, in {rate.BucketCount} "
            + $"buckets of {ReportWords.Of(rate.BucketWidth.ToTimeSpan())}. The most in a bucket: {all.Max()}, at {At(all)}.");
        text.Append(errors.Any(count => count > 0)
            ? $" {errors.Sum()} are errors; the most in a bucket: {errors.Max()}, at {At(errors)}."
            : " None is an error.");
        return text.ToString();

        string At(long[] counts) =>
            BucketStart(rate, Array.IndexOf(counts, counts.Max())).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Panel(
        Picture picture, TimeAxis axis, EvidenceTimeline rate, double y, IReadOnlyList<(long[] Counts, string Css, string Name)> stacks,
        string unit)
    {
        var (top, bottom) = (y + TitleRoom, y + TitleRoom + PanelHeight);
        var most = Math.Max(1, Enumerable.Range(0, rate.BucketCount).Max(i => stacks.Sum(stack => stack.Counts[i])));
        foreach (var (i, (_, css, name)) in stacks.Index().Where(stack => stack.Item.Name.Length > 0))
        {
            var x = axis.Left + (i * LegendWidth);
            picture.Rectangle(x, y + 3, 9, 9, css, radius: 2);
            picture.Text(x + 13, y + 12, i == stacks.Count - 1 ? $"{name} per {unit}" : name, "label");
        }

        axis.Draw(picture, top, bottom);
        picture.Line(axis.Left, top, axis.Right, top, "grid");
        picture.Text(axis.Left - 6, top + 4, ReportWords.Of(most), "tick end");
        picture.Text(axis.Left - 6, bottom + 4, "0", "tick end");

        for (var i = 0; i < rate.BucketCount; i++)
        {
            var left = axis.Of(BucketStart(rate, i));
            var right = axis.Of(BucketStart(rate, i + 1));
            var under = bottom;
            foreach (var (counts, css, _) in stacks.Where(stack => stack.Counts[i] > 0))
            {
                // A single entry among thousands is still seen.
                var height = Math.Max(1.5, PanelHeight * counts[i] / most);
                picture.Rectangle(left + 0.4, under - height, Math.Max(0.8, right - left - 0.8), height, css);
                under -= height;
            }
        }
    }

    private string Curve(ReportCurve curve, string id, double width, string css)
    {
        var picture = new Picture(id, width);
        var series = curve.Series;
        var axis = new TimeAxis(_span!.Value.From, _span.Value.To, LeftRoom, width - RightRoom);
        var (low, high) = (series.Points.Min(point => point.Value), series.Points.Max(point => point.Value));
        var (least, most) = low >= 0 && low < high * 0.6 ? (0, high) : (Math.Max(double.MinValue, low - ((high / 10) - (low / 10))), high);
        most = most <= least ? least + 1 : most;
        var (top, bottom) = (_marks.Height + TitleRoom, _marks.Height + TitleRoom + CurveHeight);
        var name = Name(series);

        picture.Text(axis.Left, 12, WrappedText.Of(name, (int)((width - LeftRoom - RightRoom) / 8.4), 1)[0], "label");
        axis.Draw(picture, top, bottom);
        picture.Line(axis.Left, top, axis.Right, top, "grid");
        picture.Text(axis.Left - 6, top + 4, ReportWords.Of(most), "tick end");
        picture.Text(axis.Left - 6, bottom + 4, ReportWords.Of(least), "tick end");

        var points = series.Points.Select(point => Picture.Invariant(
                $"{axis.Of(point.Time.ToDateTimeOffset()):0.#} {bottom - ((bottom - top) * Share(point.Value)):0.#}"))
            .ToList();
        var (begin, end) = (series.Points[0], series.Points[^1]);
        var (first, last) = (axis.Of(begin.Time.ToDateTimeOffset()), axis.Of(end.Time.ToDateTimeOffset()));
        picture.Path(
            Picture.Invariant($"M {first:0.#} {bottom:0.#} L {string.Join(" L ", points)} L {last:0.#} {bottom:0.#} Z"), "area");
        picture.Path($"M {string.Join(" L ", points)}", "curve");
        _marks.Draw(picture, axis, TitleRoom, bottom);
        return picture.Write(bottom + AxisRoom, css, name,
            $"{name}: {ReportWords.Of(begin.Value)} at {ReportWords.Of(begin.Time)}, "
            + $"{ReportWords.Of(end.Value)} at {ReportWords.Of(end.Time)}; "
            + $"the lowest value is {ReportWords.Of(low)}, the highest {ReportWords.Of(high)}.");

        // Of halves: the whole range may be more than a number can be.
        double Share(double value) => ((value / 2) - (least / 2)) / ((most / 2) - (least / 2));
    }

    // A bucket that would begin after the last date there is begins at that.
    private static DateTimeOffset BucketStart(EvidenceTimeline rate, int number)
    {
        var start = rate.StartTime.ToDateTimeOffset();
        var room = (DateTimeOffset.MaxValue - start).Ticks;
        return start + TimeSpan.FromTicks((long)Math.Min(room, (double)rate.BucketWidth.ToTimeSpan().Ticks * number));
    }

    private static string Name(MetricSeries series) =>
        series.Metric + (series.Instance.Length > 0 ? $" on {series.Instance}" : "") + (series.Unit.Length > 0 ? $" ({series.Unit})" : "");

    private static long[] Sum(EvidenceTimeline rate, Func<EntryLevel, bool> isWanted)
    {
        var sum = new long[rate.BucketCount];
        foreach (var level in rate.Levels.Where(level => isWanted(level.Level)))
        {
            for (var i = 0; i < Math.Min(sum.Length, level.BucketCounts.Count); i++)
            {
                sum[i] += level.BucketCounts[i];
            }
        }

        return sum;
    }
}
