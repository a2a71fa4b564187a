namespace FaultMaven.Data.Logs;

/// <summary>What the messages of one shape did over time: how often they came, and how long the things took that they tell of.</summary>
internal sealed class TemplateHistory(Sighting first)
{
    private const int MaxDurations = 512;

    private readonly List<(double Milliseconds, Sighting Sighting)> _durations = [];
    private AdaptiveBins? _bins;
    private int _stride = 1;
    private long _seen;

    public Sighting First { get; } = first;

    public Sighting Last { get; private set; } = first;

    public LogLevel Level { get; private set; }

    public string Source { get; private set; } = "";

    /// <summary>The machine whose kernel wrote one of them; empty if it is no kernel's.</summary>
    public string Host { get; private set; } = "";

    public long Count { get; private set; }

    /// <summary>How often they came; null if they tell no time.</summary>
    public AdaptiveBins? Bins => _bins;

    /// <summary>Durations in the order of the log, thinned out evenly if there are many.</summary>
    public IReadOnlyList<(double Milliseconds, Sighting Sighting)> DurationsInOrder => _durations;

    public void Add(LogEntry entry, ReadOnlySpan<char> line, Sighting sighting, DateTimeOffset? origin)
    {
        Count++;
        Last = sighting;
        Level = sighting.Level > Level ? sighting.Level : Level;
        Source = Source.Length == 0 ? entry.Source : Source;
        Host = Host.Length == 0 ? entry.Host : Host;
        if (entry.Time is { } time)
        {
            _bins ??= new AdaptiveBins(origin ?? time, keepsSightings: false);
            _bins.Add(time);
        }

        if (Durations.TryFind(line, out var milliseconds) && _seen++ % _stride == 0)
        {
            _durations.Add((milliseconds, sighting));
            if (_durations.Count == MaxDurations)
            {
                var kept = 0;
                _durations.RemoveAll(_ => kept++ % 2 == 1);
                _stride *= 2;
            }
        }
    }
}
