using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Resources;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>What the messages of one shape did over time: how often they came, and the durations that they report.</summary>
internal sealed class TemplateHistory(Occurrence first)
{
    private const int MaxDurations = 512;
    private const int MaxResources = 4;

    private readonly List<(double Milliseconds, Occurrence Occurrence)> _durations = [];
    private readonly List<ResourceSeries> _resources = [];
    private readonly List<ResourceReading> _readings = [];
    private AdaptiveBins? _bins;
    private int _stride = 1;
    private long _seen;

    public Occurrence First { get; } = first;

    public LatestOccurrence Last { get; } = new(first);

    public DensestWindow Densest { get; } = new();

    public Proto.EntryLevel Level { get; private set; }

    public string Source { get; private set; } = "";

    /// <summary>The machine whose kernel wrote one of them; empty if it is not a kernel's.</summary>
    public string Host { get; private set; } = "";

    public long Count { get; private set; }

    /// <summary>How many bins have any of them; their number if they tell no time. What comes in a burst comes as one.</summary>
    public long Occasions => _bins is null ? Count : Math.Min(Count, AdaptiveBins.Count - _bins.Counts.Count(0));

    /// <summary>How often they came; null if they tell no time.</summary>
    public AdaptiveBins? Bins => _bins;

    /// <summary>Durations in the order of the log, thinned out evenly if there are many.</summary>
    public IReadOnlyList<(double Milliseconds, Occurrence Occurrence)> DurationsInOrder => _durations;

    /// <summary>What they said of resources.</summary>
    public IReadOnlyList<ResourceSeries> Resources => _resources;

    /// <param name="entry">The entry.</param>
    /// <param name="line">Its first line.</param>
    /// <param name="occurrence">The survey's note of it.</param>
    /// <param name="origin">Where bins start.</param>
    public void Add(in LogEvent entry, ReadOnlySpan<char> line, LatestOccurrence occurrence, DateTimeOffset? origin)
    {
        Count++;
        Last.Set(occurrence);
        Level = occurrence.Level > Level ? occurrence.Level : Level;
        Source = Source.Length == 0 ? entry.Source : Source;
        Host = Host.Length == 0 ? entry.Host : Host;
        if (entry.Time is { } time)
        {
            _bins ??= new AdaptiveBins(origin ?? time, keepsSightings: false);
            _bins.Add(time);
            Densest.Add(time, occurrence);
        }

        // If the first few mention no resource and no duration, the others rarely do.
        if (_resources.Count > 0 || Count <= 16 || Count % 16 == 0)
        {
            AddReadings(line, occurrence);
        }

        if ((_seen > 0 || Count <= 16 || Count % 16 == 0) && Durations.TryFind(line, out var milliseconds) && _seen++ % _stride == 0)
        {
            _durations.Add((milliseconds, occurrence.Keep()));
            if (_durations.Count == MaxDurations)
            {
                var kept = 0;
                _durations.RemoveAll(_ => kept++ % 2 == 1);
                _stride *= 2;
            }
        }
    }

    private void AddReadings(ReadOnlySpan<char> line, LatestOccurrence occurrence)
    {
        _readings.Clear();
        ResourceText.Find(line, _readings);
        foreach (var reading in _readings)
        {
            var series = _resources.Find(known => known.IsOf(in reading));
            if (series is null && _resources.Count < MaxResources)
            {
                _resources.Add(series = new ResourceSeries(reading));
            }

            series?.Add(in reading, occurrence);
        }
    }
}
