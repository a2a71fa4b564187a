using System.Globalization;
using System.Runtime.CompilerServices;
using FaultMaven.Agents.Analysis;
using FaultMaven.Data.Query.KeyLines;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Benchmarks;

/// <summary>
/// Learns in which incidents nothing is failing now, and measures it on the incidents of authors that were not learnt from.
/// </summary>
internal static class QuietTraining
{
    private const string Cases = "../../tests/Incidents.Tests/Strangers";
    private const string Weights = "../../services/Agent/Analysis/quiet-weights.txt";
    private const string Quiet = "no_active_failure";
    private const int MaxLines = 16;

    private static readonly double[] s_thresholds = [0.3, 0.4, 0.5, 0.6, 0.7];

    /// <summary>Prints the figures; writes the weights if asked to.</summary>
    public static void Run(bool write)
    {
        var cases = Read();
        Console.WriteLine($"{cases.Count} incidents, {cases.Count(each => each.Row.IsMarked)} of them quiet");
        var byAuthor = cases.Select(each => each.Author).Distinct()
            .ToDictionary(author => author, author => Learn(cases.Where(each => each.Author != author)));
        Print("learnt anew, its author left out", cases, each => LogisticRegression.Probability(byAuthor[each.Author], each.Row.Features));
        Print("as shipped", cases, each => QuietEstimate.Probability(each.Question, each.Lines));
        var final = Learn(cases);
        foreach (var (name, weight) in QuietFeatures.Names.Append("bias").Zip(final).OrderByDescending(pair => Math.Abs(pair.Second)))
        {
            Console.WriteLine($"{name,-20} {weight,7:0.00}");
        }

        if (write)
        {
            Write(final);
        }
    }

    private static double[] Learn(IEnumerable<QuietCase> cases) => LogisticRegression.Learn([.. cases.Select(each => each.Row)]);

    private static void Print(string name, List<QuietCase> cases, Func<QuietCase, double> probability)
    {
        var found = cases.Select(each => (each.Row.IsMarked, Probability: probability(each))).ToList();
        Console.WriteLine(name);
        foreach (var threshold in s_thresholds)
        {
            var called = found.Where(each => each.Probability >= threshold).ToList();
            Console.WriteLine($"  at {threshold:0.0}: {called.Count} called quiet, {called.Count(each => each.IsMarked)} of them right");
        }
    }

    private static List<QuietCase> Read([CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, Cases);
        return [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Select(QuietCase.Read).OfType<QuietCase>()];
    }

    private static void Write(double[] weights, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, Weights);
        var head = File.ReadLines(path).TakeWhile(line => line.StartsWith('#'));
        File.WriteAllLines(path, [.. head, "", .. QuietFeatures.Names.Append("bias").Zip(weights)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First} {pair.Second:0.00}"))]);
        Console.WriteLine($"{path} was written.");
    }

    /// <summary>An incident, and whether nothing is failing in it.</summary>
    private sealed record QuietCase(string Author, string Question, IReadOnlyList<KeyLine> Lines, LogisticRegression.Row Row)
    {
        /// <summary>Null if more than one verdict is right.</summary>
        public static QuietCase? Read(string folder)
        {
            var verdicts = MarkedAnswer.Read(Path.Combine(folder, "answer.yml")).Verdicts.ToList();
            if (verdicts is not [var verdict])
            {
                return null;
            }

            var marked = MarkedCase.Read(folder);
            IReadOnlyList<KeyLine> lines = [.. KeyLineRanking.Rank(marked.Question, marked.Files, marked.Lines, MaxLines)
                .Select(ranked => KeyLineSearch.ToProto(ranked.Line, ranked.Probability, marked.Files[ranked.Line.File]))];
            return new QuietCase(marked.Name[..1], marked.Question, lines,
                new LogisticRegression.Row(QuietFeatures.Of(marked.Question, lines), verdict == Quiet, 1));
        }
    }
}
