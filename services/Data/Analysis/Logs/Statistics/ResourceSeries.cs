using FaultMaven.Data.Analysis.Logs.Resources;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>What the messages of one shape said of one resource, in the order of the log, thinned out evenly if it is much.</summary>
internal sealed class ResourceSeries(ResourceReading first)
{
    private const int MaxPoints = 256;

    private readonly List<(double Value, double Limit, Occurrence Occurrence)> _points = [];
    private int _stride = 1;
    private long _seen;

    public string Metric => first.Metric;

    public string Resource => first.Resource;

    public string Unit => first.Unit;

    public IReadOnlyList<(double Value, double Limit, Occurrence Occurrence)> Points => _points;

    public bool IsOf(in ResourceReading reading) => reading.Unit == first.Unit && reading.Metric == first.Metric;

    public void Add(in ResourceReading reading, LatestOccurrence occurrence)
    {
        if (_seen++ % _stride != 0)
        {
            return;
        }

        _points.Add((reading.Value, reading.Limit, occurrence.Keep()));
        if (_points.Count == MaxPoints)
        {
            var kept = 0;
            _points.RemoveAll(_ => kept++ % 2 == 1);
            _stride *= 2;
        }
    }
}
