using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <summary>One value of a metric.</summary>
/// <param name="Value">The number.</param>
/// <param name="Written">As the evidence writes it.</param>
/// <param name="At">Where it is.</param>
/// <param name="Time">When it was measured.</param>
/// <param name="TimeAt">Where that is.</param>
internal readonly record struct MetricPoint(double Value, string Written, LineRange At, DateTimeOffset? Time, LineRange? TimeAt);

/// <summary>A metric over time.</summary>
/// <param name="Name">The metric's name as written.</param>
/// <param name="Unit">Its unit as written; empty if unknown.</param>
/// <param name="Instance">What was measured, such as a host or a pod; empty if it does not say.</param>
/// <param name="NameAt">Where the name is.</param>
internal sealed record MetricSeries(string Name, string Unit, string Instance, LineRange? NameAt)
{
    /// <summary>In order of time.</summary>
    public List<MetricPoint> Points { get; private set; } = [];

    /// <summary>Its own limit, if the series states one.</summary>
    public double? Limit { get; init; }

    /// <summary>Where the limit is.</summary>
    public LineRange? LimitAt { get; init; }

    /// <summary>The metric and what it was measured on.</summary>
    public string Title => Instance.Length > 0 ? $"{Name} on {Instance}" : Name;

    public void Add(Node value, Node? time)
    {
        if (Values.TryNumber(value.Text, out var number))
        {
            Points.Add(new MetricPoint(number, value.Text, new LineRange(value.Line, value.EndLine), time is null ? null
                : Values.Time(time.Text), time));
        }
    }

    /// <summary>Adds a value from a line of text that also holds its time; what is not a number is passed over.</summary>
    public void Add(string value, DateTimeOffset? time, int line)
    {
        var written = value.EndsWith('%') ? value[..^1].TrimEnd() : value;
        if (Values.TryNumber(written, out var number))
        {
            Points.Add(new MetricPoint(number, written, new LineRange(line, line), time, null));
        }
    }

    /// <summary>
    /// Puts the points in order of time: some tools answer newest first. One whose time cannot be read stays behind the one that it
    /// follows.
    /// </summary>
    public MetricSeries Sorted()
    {
        var time = Points.Find(point => point.Time is not null).Time;
        Points =
            [.. Points.Select(point => (Point: point, Time: time = point.Time ?? time)).OrderBy(pair => pair.Time)
            .Select(pair => pair.Point)];

        return this;
    }

    /// <summary>What a counter grew by from point to point. A fall is a restart of the counter.</summary>
    public MetricSeries Increases()
    {
        var increases = this with { Points = [] };
        for (var i = 1; i < Points.Count; i++)
        {
            var increase = Points[i].Value >= Points[i - 1].Value ? Points[i].Value - Points[i - 1].Value : Points[i].Value;
            increases.Points.Add(Points[i] with { Value = increase,
                Written = increase.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture) });
        }

        return increases;
    }
}
