using System.Text;
using BenchmarkDotNet.Attributes;
using FaultMaven.Data.Query.Templates;

namespace FaultMaven.Benchmarks;

/// <summary>Mines 100,000 generated lines of a dozen templates: bare messages, and whole lines whose header is to be found first.</summary>
[MemoryDiagnoser]
[Config(typeof(LinesPerSecond.Config))]
public class TemplateBenchmarks
{
    private const int Lines = 100_000;

    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private byte[] _messages = [];
    private byte[] _lines = [];

    [GlobalSetup]
    public void Generate()
    {
        var random = new Random(7);
        var messages = new StringBuilder();
        var lines = new StringBuilder();
        for (var i = 0; i < Lines; i++)
        {
            var message = Message(random, i);
            messages.Append(message).Append('\n');
            lines.Append(s_reference.AddMilliseconds(-i).ToString("yyyy-MM-dd HH:mm:ss,fff")).Append(" INFO  [worker-").Append(i % 8)
                .Append("] shop.Orders - ").Append(message).Append('\n');
        }

        _messages = Encoding.UTF8.GetBytes(messages.ToString());
        _lines = Encoding.UTF8.GetBytes(lines.ToString());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Lines)]
    public int Messages() => Mine(_messages, messageOnly: true);

    [Benchmark(OperationsPerInvoke = Lines)]
    public int WholeLines() => Mine(_lines, messageOnly: false);

    private static int Mine(byte[] log, bool messageOnly)
    {
        var mining = new TemplateMining(messageOnly, s_reference);
        mining.Append(log);
        return mining.Complete().Templates.Count;
    }

    internal static string Message(Random random, int i) => random.Next(12) switch
    {
        0 => $"order {i} placed by user-{random.Next(1_000)} for {random.Next(1, 900)}.{random.Next(100):00} EUR",
        1 => $"GET /api/orders/{i}?page={random.Next(9)} answered 200 in {random.Next(5, 900)} ms",
        2 => $"connection from 10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}:{random.Next(1_024, 65_536)} accepted",
        3 => $"cache miss for key session:{Guid.NewGuid()}",
        4 => $"wrote {random.Next(1, 1 << 20)} bytes to /var/lib/shop/segment-{i % 64}.dat",
        5 => "checkpoint complete",
        6 => $"lock acquired, owner=worker-{i % 8}, name=\"orders\", waited={random.Next(90)}ms",
        7 => $"retrying request {i:x8} to payments.internal:8443, attempt {random.Next(1, 5)}",
        8 => $"consumer group billing is {random.Next(1_000)} messages behind on topic invoices",
        9 => $"garbage collection of generation {random.Next(3)} took {random.Next(1, 80)} ms",
        10 => "listener started",
        _ => "listener stopped",
    };
}
