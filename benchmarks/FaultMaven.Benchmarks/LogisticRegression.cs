namespace FaultMaven.Benchmarks;

/// <summary>Logistic regression over rows that count with weights.</summary>
internal static class LogisticRegression
{
    // The strength of the prior that a weight is 0, for features in units of their standard deviation.
    private const double Prior = 1;

    private const int Iterations = 30;

    /// <summary>How likely a row with these features is marked.</summary>
    public static double Probability(double[] weights, double[] features) => 1 / (1 + Math.Exp(-Dot(weights, [.. features, 1])));

    /// <summary>The weight of each feature, and last the bias. By Newton's method.</summary>
    /// <param name="rows">What is learnt from, all with the same number of features.</param>
    public static double[] Learn(IReadOnlyList<Row> rows)
    {
        var width = rows[0].Features.Length;
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

    private static double[] Deviations(IReadOnlyList<Row> rows, int width) => [.. Enumerable.Range(0, width).Select(i =>
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

    /// <summary>One row.</summary>
    /// <param name="Features">Its features.</param>
    /// <param name="IsMarked">What is to be predicted.</param>
    /// <param name="Weight">How much it counts.</param>
    internal sealed record Row(double[] Features, bool IsMarked, double Weight);
}
