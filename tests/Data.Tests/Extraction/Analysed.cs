using FaultMaven.Data.Analysis.Catalogue;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Tests.Extraction;

/// <summary>Runs an analyser over text and writes down what it found, a line for each signal.</summary>
internal static class Analysed
{
    // What an event brings, whichever kind it is classified as.
    private static readonly string[] s_always = ["origin", "reason", "message", "count", "object_kind"];

    public static IReadOnlyList<Proto.Signal> Signals(IEvidenceAnalyzer analyzer, string text, string fileName = "evidence")
    {
        var signals = analyzer.Analyze(Source(text, fileName), TestContext.Current.CancellationToken).Signals;

        Assert.All(
            signals,
            signal => Assert.Subset(
                s_always.Union(SignalCatalogue.Find(signal.Kind)!.Attributes).ToHashSet(), signal.Attributes.Keys.ToHashSet()));
        return signals;
    }

    public static EvidenceSource Source(string text, string fileName = "evidence") =>
        new("cases/c/evidence/e", fileName, text.Length, () => new StringReader(text));

    /// <summary>Checks every signal with its severity, state and lines, in order, and that what it quotes is there.</summary>
    public static void Tells(IEvidenceAnalyzer analyzer, string text, IReadOnlyList<string> expected)
    {
        var signals = Signals(analyzer, text);

        Assert.Equal(expected, signals.Select(Line));
        var lines = text.Split('\n');
        Assert.All(signals.SelectMany(signal => signal.Citations), citation =>
            Assert.Contains(lines[((int)citation.StartLine - 1)..(int)citation.EndLine], line => line.Trim() == citation.Quote));
    }

    public static string Line(Proto.Signal signal) =>
        $"{signal.Severity} {signal.State} {signal.Kind} {signal.Subject} at {string.Join(", ", signal.Citations.Select(Range))}";

    private static string Range(Proto.Citation citation) =>
        citation.StartLine == citation.EndLine ? $"{citation.StartLine}" : $"{citation.StartLine}-{citation.EndLine}";
}
