using System.Globalization;
using FaultMaven.Data.Analysis.Measures;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Commands;

/// <summary>Gathers what vmstat and iostat print again and again, to judge it once: one busy second is not a problem.</summary>
internal sealed class SampledUsage
{
    /// <summary>Processors that wait for disks for this share of their time, in percent.</summary>
    private const double NotableWait = 20;

    private const double GraveWait = 40;

    private readonly Dictionary<(string What, string Resource), List<(double Value, int Line)>> _samples = [];

    public void Add(string what, string resource, string cell, int line)
    {
        if (Values.TryNumber(cell, out var value))
        {
            if (!_samples.TryGetValue((what, resource), out var known))
            {
                _samples[(what, resource)] = known = [];
            }

            known.Add((value, line));
        }
    }

    /// <summary>
    /// The usual value of each, the first being left out where there are more: it is the mean since the host was started.
    /// </summary>
    public IEnumerable<(string What, string Resource, double Percent, int Line)> Usages() =>
        from sample in _samples
        where sample.Key.Resource is not ("wait" or "swap")
        let used = Since(sample.Value)
        select (sample.Key.What, sample.Key.Resource, SampleStatistics.Median(used.Select(value => value.Value)),
            used.MaxBy(value => value.Value).Line);

    public void Report(SignalBuilder signals)
    {
        foreach (var ((what, resource), all) in _samples.Where(sample => sample.Key.Resource is "wait" or "swap"))
        {
            var used = Since(all);
            var most = used.MaxBy(value => value.Value);
            var usual = SampleStatistics.Median(used.Select(value => value.Value));
            if (resource == "wait" && usual >= NotableWait)
            {
                signals.Add(new SignalDraft("host.io_wait", "host",
                    $"The processors wait for disks {Text(usual)}% of the time, at most {Text(most.Value)}%.",
                    new LineRange(most.Line, most.Line))
                {
                    Severity = usual >= GraveWait ? Proto.Severity.Error : Proto.Severity.Warning,
                    Surprise = 0.6,
                    Attributes = [("value", Text(usual)), ("unit", "%"), ("count", used.Count)],
                });
            }
            else if (resource == "swap" && used.Count(value => value.Value > 0) * 2 > used.Count)
            {
                signals.Add(new SignalDraft("host.swapping", "host",
                    $"Memory is {what} in most of {used.Count} samples, at most {Text(most.Value)} kB/s.",
                    new LineRange(most.Line, most.Line))
                {
                    Surprise = 0.6,
                    Attributes = [("value", Text(most.Value)), ("unit", "kB/s"), ("count", used.Count)],
                });
            }
        }
    }

    private static List<(double Value, int Line)> Since(List<(double Value, int Line)> all) => all.Count > 1 ? all[1..] : all;

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
