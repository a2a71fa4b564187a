using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace FaultMaven.Mutation;

/// <summary>Runs the tests on one mutant after the other in a worker, and in another one when that hangs or dies.</summary>
internal sealed class Watch(string folder, string[] parts)
{
    // All tests together take three seconds. What computes this long runs in circles, however busy the machine is.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private const string Killed = "killed";
    private const string Survived = "survived";
    private const string Hung = "hung";
    private const string Unmet = "met by no test";

    private Process? _worker;

    public async Task<int> RunAsync()
    {
        var mutants = Read().Where(mutant => parts.Length == 0 || parts.Any(mutant.Path.Contains)).ToArray();
        var covered = await CoverAsync();
        if (covered is null)
        {
            return 1;
        }

        // A run that is stopped early gives the score of the mutants tested so far, which are a random sample of all.
        using var enough = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, enough));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, enough));

        var results = new List<(Mutant Mutant, string Result)>();
        new Random(1).Shuffle(mutants);
        foreach (var mutant in mutants.TakeWhile(_ => !enough.IsCancellationRequested))
        {
            results.Add((mutant, await TestAsync(mutant.Id, covered)));
            if (results.Count % 250 == 0)
            {
                Console.Error.WriteLine($"{results.Count} of {mutants.Length}, survived: "
                    + $"{results.Count(result => result.Result is Survived or Unmet)}");
            }
        }

        _worker?.Kill();
        Print(results);
        if (results.Count < mutants.Length)
        {
            Console.WriteLine($"{mutants.Length - results.Count} mutants were not tested.");
        }

        return 0;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource enough)
    {
        signal.Cancel = true;
        enough.Cancel();
    }

    private IEnumerable<Mutant> Read()
    {
        using var report = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(folder, "probe", "report", "reports", "mutation-report.json")));
        foreach (var file in report.RootElement.GetProperty("files").EnumerateObject())
        {
            var path = file.Name[(file.Name.IndexOf("Recognition/", StringComparison.Ordinal) + "Recognition/".Length)..];
            var lines = file.Value.GetProperty("source").GetString()!.Split('\n');
            foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray()
                    .Where(mutant => mutant.GetProperty("status").GetString() is not ("Ignored" or "CompileError")))
            {
                var start = mutant.GetProperty("location").GetProperty("start");
                var line = start.GetProperty("line").GetInt32();
                yield return new Mutant(
                    int.Parse(mutant.GetProperty("id").GetString()!, CultureInfo.InvariantCulture), path, line,
                    start.GetProperty("column").GetInt32(),
                    lines[line - 1].Trim(), mutant.GetProperty("replacement").GetString()!.ReplaceLineEndings(" "));
            }
        }
    }

    // For each mutant the tests that meet it; under -1 those that run once in a process.
    private static async Task<Dictionary<int, List<int>>?> CoverAsync()
    {
        using var worker = Start("cover");
        var lines = (await worker.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.TrimEntries);
        await worker.WaitForExitAsync();
        if (worker.ExitCode != 0)
        {
            return null;
        }

        var covered = new Dictionary<int, List<int>> { [-1] = Numbers(lines[0]) };
        for (var test = 0; test < lines.Length - 2; test++)
        {
            foreach (var mutant in Numbers(lines[test + 1]))
            {
                (covered.TryGetValue(mutant, out var tests) ? tests : covered[mutant] = []).Add(test);
            }
        }

        covered[-2] = [.. Enumerable.Range(0, lines.Length - 2)];
        return covered;
    }

    private async Task<string> TestAsync(int mutant, Dictionary<int, List<int>> covered)
    {
        var runsOnce = covered[-1].Contains(mutant);
        if (!runsOnce && !covered.ContainsKey(mutant))
        {
            return Unmet;
        }

        if (runsOnce)
        {
            _worker?.Kill();
            _worker = null;
        }

        _worker ??= Start("work");
        await _worker.StandardInput.WriteLineAsync($"{mutant}:{string.Join(' ', runsOnce ? covered[-2] : covered[mutant])}");
        await _worker.StandardInput.FlushAsync();
        var answer = await AnswerAsync(_worker);
        if (runsOnce || string.IsNullOrEmpty(answer))
        {
            _worker.Kill();
            _worker = null;
        }

        return answer switch { "-1" => Survived, "" => Hung, _ => Killed };
    }

    // Null if the worker has died, empty if it would never answer.
    private static async Task<string?> AnswerAsync(Process worker)
    {
        var before = worker.TotalProcessorTime;
        var answer = worker.StandardOutput.ReadLineAsync();
        while (await Task.WhenAny(answer, Task.Delay(s_look)) != answer)
        {
            worker.Refresh();
            if (!worker.HasExited && worker.TotalProcessorTime - before > s_patience)
            {
                return "";
            }
        }

        return await answer;
    }

    private void Print(List<(Mutant Mutant, string Result)> results)
    {
        var survivors = results.Where(result => result.Result is Survived or Unmet).ToArray();
        File.WriteAllLines(
            Path.Combine(folder, "survivors.txt"),
            survivors.Select(result =>
                $"""
                {result.Mutant.Path}:{result.Mutant.Line}:{result.Mutant.Column} {result.Result}
                    {result.Mutant.Code}
                    {result.Mutant.Replacement}
                """));

        foreach (var file in results.GroupBy(result => result.Mutant.Path).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            Print(file.Key, [.. file.Select(result => result.Result)]);
        }

        foreach (var group in results.GroupBy(result => Path.GetDirectoryName(result.Mutant.Path)!)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Print(group.Key.Length == 0 ? "top level" : group.Key, [.. group.Select(result => result.Result)]);
        }

        Print("all", [.. results.Select(result => result.Result)]);
    }

    // A mutant that hangs is killed: its test never ends.
    private static void Print(string name, string[] results)
    {
        int Count(string result) => results.Count(r => r == result);
        Console.WriteLine(
            $"{name,-34} {100.0 * (Count(Killed) + Count(Hung)) / results.Length,6:F1} %  of {results.Length,5} mutants: {Count(Killed)} "
                + $"killed, {Count(Hung)} hung, {Count(Survived)} survived, {Count(Unmet)} met by no test");
    }

    private static Process Start(string mode) =>
        Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [mode]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static List<int> Numbers(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private sealed record Mutant(int Id, string Path, int Line, int Column, string Code, string Replacement);
}
