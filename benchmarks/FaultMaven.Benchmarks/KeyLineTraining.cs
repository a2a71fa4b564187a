using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Query.KeyLines;

namespace FaultMaven.Benchmarks;

/// <summary>
/// Learns the weights of key lines from the incidents in the tests, whose authors marked the lines that decide, and measures how well the
/// lines are found in incidents that were not learnt from.
/// </summary>
internal static partial class KeyLineTraining
{
    private const string Cases = "../../tests/Incidents.Tests/Strangers";
    private const string Weights = "../../services/Data/Query/KeyLines/key-line-weights.txt";
    private const int Folds = 10;

    // Incidents whose names begin with these letters are measured only, never learnt from.
    private const string HeldBack = "hk";

    // The lines of an incident that are not marked count together as much as this many, however long its logs are.
    private const double Unmarked = 80;

    // The strength of the prior that a weight is 0, for features in units of their standard deviation.
    private const double Prior = 1;

    private const int Iterations = 30;

    /// <summary>Prints the figures; writes the weights if asked to.</summary>
    public static void Run(bool write)
    {
        var all = Read();
        var learnt = all.Where(each => !HeldBack.Contains(each.Name[0], StringComparison.Ordinal)).ToList();
        var folded = learnt.Select((each, i) => (Case: each, Fold: i % Folds)).ToList();
        var outOfFold = Enumerable.Range(0, Folds).SelectMany(fold =>
        {
            var weights = Learn([.. folded.Where(each => each.Fold != fold).Select(each => each.Case)]);
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

    private static Func<double[], double> By(double[] weights) => features => 1 / (1 + Math.Exp(-Dot(weights, [.. features, 1])));

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

    // Logistic regression by Newton's method.
    private static double[] Learn(List<MarkedCase> cases)
    {
        var rows = cases.SelectMany(each => each.Rows()).ToList();
        var width = LineFeatures.Names.Count;
        var deviation = Deviations(rows, width);
        var weights = new double[width + 1];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var gradient = new double[width + 1];
            var hessian = new double[width + 1, width + 1];
            foreach (var row in rows)
            {
                var x = Scaled(row.Features, deviation);
                var p = 1 / (1 + Math.Exp(-Dot(weights, x)));
                for (var i = 0; i <= width; i++)
                {
                    gradient[i] += row.Weight * (p - (row.IsMarked ? 1 : 0)) * x[i];
                    for (var j = 0; j <= i; j++)
                    {
                        hessian[i, j] += row.Weight * p * (1 - p) * x[i] * x[j];
                    }
                }
            }

            for (var i = 0; i < width; i++)
            {
                gradient[i] += Prior * weights[i];
                hessian[i, i] += Prior;
            }

            var step = Solve(hessian, gradient);
            for (var i = 0; i <= width; i++)
            {
                weights[i] -= step[i];
            }

            if (step.Max(Math.Abs) < 1e-6)
            {
                break;
            }
        }

        return [.. weights.Select((weight, i) => i < width ? weight / deviation[i] : weight)];
    }

    private static double[] Deviations(List<Row> rows, int width) => [.. Enumerable.Range(0, width).Select(i =>
    {
        var mean = rows.Average(row => row.Features[i]);
        return Math.Sqrt(rows.Average(row => Math.Pow(row.Features[i] - mean, 2))) + 1e-9;
    })];

    private static double[] Scaled(double[] features, double[] deviation) =>
        [.. features.Select((feature, i) => feature / deviation[i]), 1];

    private static double Dot(double[] weights, double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += weights[i] * x[i];
        }

        return sum;
    }

    // Cholesky's decomposition of a symmetric, positive matrix of which the lower half is given.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j] + (i == j ? 1e-6 : 0);
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        var x = (double[])right.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= lower[i, k] * x[k];
            }

            x[i] /= lower[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                x[i] -= lower[k, i] * x[k];
            }

            x[i] /= lower[i, i];
        }

        return x;
    }

    /// <summary>One line in the training.</summary>
    private sealed record Row(double[] Features, bool IsMarked, double Weight);

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

    /// <summary>An incident with its lines, and which of them its author marked: the number of the mark.</summary>
    private sealed partial record MarkedCase(
        string Name, string Question, IReadOnlyList<EvidenceFile> Files, IReadOnlyList<LineGroup> Lines, Dictionary<LineGroup, int> Marks)
    {
        public static MarkedCase Read(string folder)
        {
            var answer = MarkedAnswer.Read(Path.Combine(folder, "answer.yml"));
            var (files, lines, marks) = (new List<EvidenceFile>(), new List<LineGroup>(), new Dictionary<LineGroup, int>());
            var reader = new LineGroupReader(Terms.NamesOf(answer.Question), DateTimeOffset.UnixEpoch.AddYears(60));
            foreach (var path in Directory.EnumerateFiles(folder)
                .Where(path => Path.GetFileName(path) != "answer.yml").Order(StringComparer.Ordinal))
            {
                var (text, name) = (File.ReadAllText(path), Path.GetFileName(path));
                var type = EvidenceClassifier.Classify(name, text[..Math.Min(text.Length, EvidenceClassifier.MaxLength)], false).Type;
                var found = reader.Read(files.Count, type, text, CancellationToken.None);
                var raw = text.Split('\n');
                for (var mark = 0; mark < answer.KeyLines.Count; mark++)
                {
                    if (answer.KeyLines[mark].File == name)
                    {
                        var pattern = new Regex(answer.KeyLines[mark].Line, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
                        foreach (var group in found.Where(group => IsMarked(group, raw, pattern)))
                        {
                            marks.TryAdd(group, mark);
                        }
                    }
                }

                files.Add(new EvidenceFile(new FaultMaven.Protos.Data.V1.Evidence { FileName = name, Type = type }, raw.Length,
                    found.Exists(line => Hunk().IsMatch(line.Text))));
                lines.AddRange(found);
            }

            return new MarkedCase(Path.GetFileName(folder), answer.Question, files, lines, marks);
        }

        public IEnumerable<Row> Rows()
        {
            var features = new LineFeatures(Question, Files, Lines);
            var shared = Marks.Values.CountBy(mark => mark).ToDictionary();
            var unmarked = Math.Min(1, Unmarked / Math.Max(1, Lines.Count - Marks.Count));
            return Lines.Select(line => Marks.TryGetValue(line, out var mark)
                ? new Row(features.Of(line), true, 1.0 / shared[mark])
                : new Row(features.Of(line), false, unmarked));
        }

        private static bool IsMarked(LineGroup group, string[] raw, Regex pattern) =>
            pattern.IsMatch(raw[(int)group.Line - 1]) || (group.Count > 1 && pattern.IsMatch(raw[(int)group.LastLine - 1]));
    }

    [GeneratedRegex(@"^(@@ |diff --git |\+\+\+ )")]
    private static partial Regex Hunk();
}
