using System.Globalization;
using System.Runtime.CompilerServices;
using FaultMaven.Data.Query.KeyLines;

namespace FaultMaven.Benchmarks;

/// <summary>
/// Learns the weights of key lines from the incidents in the tests, whose authors marked the lines that decide, and measures how well the
/// lines are found in incidents that were not learnt from.
/// </summary>
internal static class KeyLineTraining
{
    private const string Cases = "../../tests/Incidents.Tests/Strangers";
    private const string Weights = "../../services/Data/Query/KeyLines/key-line-weights.txt";
    private const int Folds = 10;

    // Incidents whose names begin with these letters are measured only, never learnt from.
    private const string HeldBack = "hk";

    /// <summary>Prints the figures; writes the weights if asked to.</summary>
    public static void Run(bool write)
    {
        var all = Read();
        var learnt = all.Where(each => !HeldBack.Contains(each.Name[0], StringComparison.Ordinal)).ToList();
        var folded = learnt.Select((each, i) => (Case: each, Fold: i % Folds)).ToList();
        var outOfFold = Enumerable.Range(0, Folds).SelectMany(fold =>
        {
            var weights = Learn(folded.Where(each => each.Fold != fold).Select(each => each.Case));
            return folded.Where(each => each.Fold == fold).Select(each => Found.In(each.Case, By(weights)));
        }).ToList();
        var final = Learn(learnt);

        Console.WriteLine("incidents                    count  recall at 5  recall at 10  one of first three");
        Print("learnt anew, ten-fold", outOfFold);
        Print("learnt anew, learnt from", [.. learnt.Select(each => Found.In(each, By(final)))]);
        Print("learnt anew, held back", [.. all.Except(learnt).Select(each => Found.In(each, By(final)))]);
        Print("as shipped, not held back", [.. learnt.Select(each => Found.In(each, features => KeyLineWeights.Probability(features)))]);
        Print("as shipped, held back", [.. all.Except(learnt)
            .Select(each => Found.In(each, features => KeyLineWeights.Probability(features)))]);
        foreach (var (name, weight) in LineFeatures.Names.Append("bias").Zip(final).OrderByDescending(pair => Math.Abs(pair.Second)))
        {
            Console.WriteLine($"{name,-20} {weight,7:0.00}");
        }

        if (write)
        {
            Write(final);
        }
    }

    private static double[] Learn(IEnumerable<MarkedCase> cases) => LogisticRegression.Learn([.. cases.SelectMany(each => each.Rows())]);

    private static Func<double[], double> By(double[] weights) => features => LogisticRegression.Probability(weights, features);

    private static void Print(string name, List<Found> found) => Console.WriteLine(
        $"{name,-28} {found.Count,5} {found.Average(each => each.OfFive),12:0.000} {found.Average(each => each.OfTen),13:0.000} "
        + $"{found.Average(each => each.InThree ? 1.0 : 0),19:0.000}");

    private static List<MarkedCase> Read([CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, Cases);
        return [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Select(MarkedCase.Read)
            .Where(each => each.Marks.Count > 0)];
    }

    private static void Write(double[] weights, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, Weights);
        var head = File.ReadLines(path).TakeWhile(line => line.StartsWith('#'));
        File.WriteAllLines(path, [.. head, "", .. LineFeatures.Names.Append("bias").Zip(weights)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First} {pair.Second:0.00}"))]);
        Console.WriteLine($"{path} was written.");
    }

    /// <summary>Which of the marked things of an incident were found.</summary>
    /// <param name="OfFive">The share among the first five lines.</param>
    /// <param name="OfTen">The share among the first ten.</param>
    /// <param name="InThree">Whether one is among the first three.</param>
    private sealed record Found(double OfFive, double OfTen, bool InThree)
    {
        public static Found In(MarkedCase marked, Func<double[], double> probability)
        {
            var ranked = KeyLineRanking.Rank(marked.Question, marked.Files, marked.Lines, 10, probability)
                .Select(pair => pair.Line).ToList();
            var marks = marked.Marks.Values.Distinct().Count();
            double Share(int count) => (double)ranked.Take(count).Where(marked.Marks.ContainsKey).Select(line => marked.Marks[line])
                .Distinct().Count() / marks;
            return new Found(Share(5), Share(10), ranked.Take(3).Any(marked.Marks.ContainsKey));
        }
    }
}
