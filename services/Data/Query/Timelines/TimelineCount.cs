using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Templates;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.Timelines;

/// <summary>Counts entries by level and template over time. Memory is bounded, however long the logs are.</summary>
internal sealed class TimelineCount(TimelineQuery query, TimelineBuckets buckets)
{
    /// <summary>How many counts of shapes are kept: 32 MB of them, or twice that as the lists grow.</summary>
    private const int MaxCells = 1 << 21;

    private readonly TemplateMiner _miner = new();
    private readonly List<ShapeCount> _shapes = [];
    private readonly long[] _levelTotals = new long[Enum.GetValues<Proto.EntryLevel>().Length];
    private readonly long[][] _levels = [.. Enum.GetValues<Proto.EntryLevel>().Select(_ => new long[buckets.Count])];
    private int _cells;

    public TimelineQuery Query => query;

    public TimelineBuckets Buckets => buckets;

    public long Entries { get; private set; }

    public long Untimed { get; private set; }

    /// <summary>How many entries with a time were written before the incident.</summary>
    public long BeforeIncident { get; private set; }

    /// <summary>How many entries of a level there are.</summary>
    public long TotalOf(Proto.EntryLevel level) => _levelTotals[(int)level];

    /// <summary>How many of them there are in each bucket.</summary>
    public IReadOnlyList<long> CountsOf(Proto.EntryLevel level) => _levels[(int)level];

    public void Add(in LogEvent entry, EvidenceSource source)
    {
        if (!query.Admits(entry.Time))
        {
            return;
        }

        var line = entry.FirstLine;
        var bucket = entry.Time is { } time ? buckets.IndexOf(time) : -1;
        var isBeforeIncident = entry.Time < query.IncidentTime;
        Entries++;
        Untimed += entry.Time is null ? 1 : 0;
        BeforeIncident += isBeforeIncident ? 1 : 0;
        _levelTotals[(int)entry.Level]++;

        if (bucket >= 0)
        {
            _levels[(int)entry.Level][bucket]++;
        }

        var shape = _miner.Add(line);

        if (shape == _shapes.Count)
        {
            _shapes.Add(new ShapeCount(source.Cite(entry.StartLine, entry.EndLine, line.ToString().CutTo(EvidenceSource.MaxQuoteLength))));
        }

        if (_shapes[shape].Add(in entry, bucket, isBeforeIncident) && ++_cells > MaxCells)
        {
            Shrink();
        }
    }

    /// <summary>The templates, each with the counts of its shapes.</summary>
    public IReadOnlyList<(Template Template, IReadOnlyList<ShapeCount> Shapes)> Templates()
    {
        var mined = _miner.Mine();

        return [.. _shapes
            .Select((count, shape) => (Count: count, Template: mined.TemplateOf(shape)))
            .GroupBy(pair => pair.Template, pair => pair.Count)
            .Select(group => (mined.Templates[group.Key - 1], (IReadOnlyList<ShapeCount>)[.. group]))];
    }

    // The rarest go first: the most frequent are the ones that are returned.
    private void Shrink()
    {
        foreach (var shape in _shapes.Where(shape => shape.Cells.Count > 0).OrderBy(shape => shape.Count).ToList())
        {
            if (_cells <= MaxCells / 2)
            {
                break;
            }

            _cells -= shape.Forget();
        }
    }
}
