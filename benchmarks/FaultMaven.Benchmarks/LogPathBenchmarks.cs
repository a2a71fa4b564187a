using System.Text;
using BenchmarkDotNet.Attributes;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Benchmarks;

/// <summary>The whole way of a log, 100,000 generated lines of it: cut, parsed, mined, surveyed, and signals made of it.</summary>
[MemoryDiagnoser]
[Config(typeof(LinesPerSecond.Config))]
public class LogPathBenchmarks
{
    private const int Lines = 100_000;

    private string _text = "";
    private string _json = "";

    [GlobalSetup]
    public void Generate()
    {
        var random = new Random(7);
        var start = new DateTimeOffset(2026, 10, 31, 0, 0, 0, TimeSpan.Zero);
        var (text, json) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Lines; i++)
        {
            var message = TemplateBenchmarks.Message(random, i);
            var time = start.AddMilliseconds(300 * i);
            text.Append(time.ToString("yyyy-MM-dd HH:mm:ss,fff")).Append(i % 700 == 0 ? " ERROR" : " INFO ").Append(" [worker-")
                .Append(i % 8).Append("] shop.Orders - ").Append(message).Append('\n');
            json.Append("{\"ts\":\"")
                .Append(time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"))
                .Append("\",\"level\":\"info\",\"logger\":\"shop.Orders\",\"msg\":\"")
                .Append(message.Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append("\"}\n");
        }

        (_text, _json) = (text.ToString(), json.ToString());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Lines)]
    public int Text() => Analyze(_text);

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Json() => Analyze(_json);

    private static int Analyze(string log) =>
        new LogAnalyzer(TimeProvider.System)
            .Analyze(
                new EvidenceSource("cases/1/evidence/1", "made-up.log", log.Length, () => new StringReader(log)), CancellationToken.None)
                .Signals.Count;
}
