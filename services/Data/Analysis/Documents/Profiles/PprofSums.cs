using System.Globalization;
using System.Text;

namespace FaultMaven.Data.Analysis.Documents.Profiles;

/// <summary>A profile summed up by function, printed like <c>pprof -top</c>.</summary>
/// <param name="type">What was sampled, such as <c>cpu</c> or <c>inuse_space</c>.</param>
/// <param name="unit">In what: <c>nanoseconds</c>, <c>bytes</c>, <c>count</c>.</param>
/// <param name="duration">How long; zero if it does not say.</param>
internal sealed class PprofSums(string type, string unit, TimeSpan duration)
{
    private const int MaxFlat = 300;
    private const int MaxWhole = 100;
    private const int MaxNameLength = 400;

    private readonly Dictionary<string, (double Own, double Whole)> _functions = new(StringComparer.Ordinal);

    public double Total { get; private set; }

    /// <summary>Adds what a stack cost, its innermost function first.</summary>
    public void Add(IReadOnlyList<string> functions, long cost)
    {
        if (cost <= 0 || functions.Count == 0)
        {
            return;
        }

        Total += cost;
        var (own, whole) = _functions.GetValueOrDefault(functions[0]);
        _functions[functions[0]] = (own + cost, whole);

        // A function that calls itself is there once.
        foreach (var function in functions.Distinct(StringComparer.Ordinal))
        {
            (own, whole) = _functions.GetValueOrDefault(function);
            _functions[function] = (own, whole + cost);
        }
    }

    /// <summary>The functions that cost most, by themselves and with what they call.</summary>
    public string Print()
    {
        var ordered = _functions.OrderByDescending(pair => pair.Value.Own).ThenByDescending(pair => pair.Value.Whole)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var shown = ordered.Take(MaxFlat).Concat(ordered.OrderByDescending(pair => pair.Value.Whole).Take(MaxWhole))
            .Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        var told = ordered.Where(pair => shown.Contains(pair.Key)).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Type: {type}\n");

        if (duration > TimeSpan.Zero)
        {
            text.Append(CultureInfo.InvariantCulture, $"Duration: {duration.TotalSeconds:0.##}s, Total samples = {Amount(Total)}\n");
        }

        var accounted = told.Sum(pair => pair.Value.Own);
        text.Append(CultureInfo.InvariantCulture,
            $"Showing nodes accounting for {Amount(accounted)}, {Share(accounted)} of {Amount(Total)} total\n");
        text.Append("      flat  flat%   sum%        cum   cum%\n");
        var sum = 0d;

        foreach (var (function, (own, whole)) in told)
        {
            sum += own;
            var name = function.Length > MaxNameLength ? function[..MaxNameLength] : function;
            text.Append(CultureInfo.InvariantCulture,
                $"{Amount(own),10} {Share(own),6} {Share(sum),6} {Amount(whole),10} {Share(whole),6}  {name.ReplaceLineEndings(" ")}\n");
        }

        return text.ToString();
    }

    private string Share(double cost) => string.Create(CultureInfo.InvariantCulture, $"{100 * cost / Total:0.00}%");

    private string Amount(double cost) => unit switch
    {
        "nanoseconds" => string.Create(CultureInfo.InvariantCulture, $"{cost / 1e9:0.00}s"),
        "microseconds" => string.Create(CultureInfo.InvariantCulture, $"{cost / 1e6:0.00}s"),
        "milliseconds" => string.Create(CultureInfo.InvariantCulture, $"{cost / 1e3:0.00}s"),
        "bytes" => string.Create(CultureInfo.InvariantCulture, $"{cost / (1 << 20):0.00}MB"),
        _ => cost.ToString("0", CultureInfo.InvariantCulture),
    };
}
