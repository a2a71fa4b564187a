using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Symptoms;
using FaultMaven.Data.Analysis.Templates;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>
/// How surprising an entry is in its own log, without labels: how rare messages as rare as it are, how severe it is, and how much denser it
/// came than its like usually do.
/// </summary>
internal sealed class LineSurprise
{
    // So many bits count as half of the way to certainty.
    private const double HalfWay = 5;
    private const double MaxDensityBits = 6;

    private readonly LogStatisticsCollector _collector;
    private readonly MinedTemplates _mined;
    private readonly Dictionary<long, double> _rarity = [];

    public LineSurprise(LogStatisticsCollector collector, MinedTemplates mined)
    {
        _collector = collector;
        _mined = mined;

        // By the share of entries that are at most as frequent: where much is rare, being rare is not surprising.
        var all = Math.Max(1, mined.Templates.Sum(template => template.Count));
        var rarer = 0L;
        foreach (var alike in mined.Templates.GroupBy(template => template.Count).OrderBy(group => group.Key))
        {
            rarer += alike.Key * alike.Count();
            _rarity[alike.Key] = -Math.Log2((double)rarer / all);
        }
    }

    /// <summary>The surprise of an entry of the log that was surveyed, or of another of its kind: from 0 (of course) to 1.</summary>
    public double Of(in LogEvent entry)
    {
        var line = entry.FirstLine;
        var level = EntryVerdict.Of(in entry, line).Level;
        return _collector.FindShape(line) is var shape and >= 0 ? Share(Bits(_mined.TemplateOf(shape), level) + Density(shape, entry.Time))
            : Share(Rarest + Gravity(level));
    }

    /// <summary>The surprise of a template's entries, wherever they stand.</summary>
    public double Of(int template, Proto.EntryLevel level) => Share(Bits(template, level));

    // What was never seen is a bit rarer than what was seen once.
    private double Rarest => 1 + (_rarity.Count == 0 ? 0 : _rarity.Values.Max());

    private double Bits(int template, Proto.EntryLevel level) => _rarity[_mined.Templates[template - 1].Count] + Gravity(level);

    private double Density(int shape, DateTimeOffset? time)
    {
        if (time is not { } at || !_collector.Histories.TryGetValue(shape, out var history) || history.Bins is not { } bins
            || history.Occasions < 2)
        {
            return 0;
        }

        var bin = (int)((at - bins.Origin) / bins.Width);
        var usual = (double)history.Count / history.Occasions;
        return bin is >= 0 and < AdaptiveBins.Count ? Math.Clamp(Math.Log2(bins.Counts[bin] / usual), 0, MaxDensityBits) : 0;
    }

    private static double Gravity(Proto.EntryLevel level) => level switch
    {
        Proto.EntryLevel.Warning => 1,
        Proto.EntryLevel.Error => 3,
        Proto.EntryLevel.Critical => 5,
        _ => 0,
    };

    private static double Share(double bits) => 1 - Math.Pow(2, -bits / HalfWay);
}
