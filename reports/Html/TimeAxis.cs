using System.Globalization;

namespace FaultMaven.Reports.Html;

/// <summary>Places moments on a picture.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The last moment; after the first.</param>
/// <param name="Left">Where the first is.</param>
/// <param name="Right">Where the last is.</param>
internal sealed record TimeAxis(DateTimeOffset From, DateTimeOffset To, double Left, double Right)
{
    private const double LabelWidth = 62;

    private static readonly TimeSpan[] s_steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 20, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14, 30, 90, 365, 3_650, 36_500, 365_000 }.Select(days => TimeSpan.FromDays(days)),
    ];

    public double Of(DateTimeOffset time) => Left + ((Right - Left) * ((time - From) / (To - From)));

    public bool Has(DateTimeOffset time) => From <= time && time <= To;

    /// <summary>Draws the axis with its labels.</summary>
    public void Draw(Picture picture, double top, double bottom)
    {
        picture.Line(Left, bottom, Right, bottom, "axis");
        var most = Math.Max(2, (int)((Right - Left) / (To - From > TimeSpan.FromDays(1) ? 1.4 * LabelWidth : LabelWidth)));
        var step = Array.Find(s_steps, candidate => (To - From) / candidate <= most);
        step = step > TimeSpan.Zero ? step : s_steps[^1];
        var format = step >= TimeSpan.FromDays(1) ? "yyyy-MM-dd"
            : To - From > TimeSpan.FromDays(1) ? "MM-dd HH:mm"
            : step >= TimeSpan.FromMinutes(1) ? "HH:mm"
            : "HH:mm:ss";

        // In ticks: a step after the last label there may be no more dates.
        for (var ticks = (From.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks; ticks <= To.UtcTicks; ticks += step.Ticks)
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            var x = Of(at);
            picture.Line(x, top, x, bottom, "grid");
            if (x - Left > 14 && Right - x > 14)
            {
                picture.Text(x, bottom + 15, at.ToString(format, CultureInfo.InvariantCulture), "tick middle");
            }
        }
    }
}
