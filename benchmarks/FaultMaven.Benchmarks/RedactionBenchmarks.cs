using BenchmarkDotNet.Attributes;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Benchmarks;

/// <summary>How fast text is searched, without the store of pseudonyms: 1 Mi characters of made-up logs a call.</summary>
[MemoryDiagnoser]
public class RedactionBenchmarks
{
    private const int Length = 1024 * 1024;

    private readonly RecognitionEngine _engine = RecognitionEngine.CreateDefault();
    private readonly List<ScannedPiece> _pieces = [];

    private static readonly string s_plain = Repeat(
        "2026-03-01T10:15:02.123Z INFO  [http-nio-8080-exec-{0}] c.e.shop.CartService : cart 48{0} priced in {0}ms, 3 items, trace=4bf92f3577b34da6a3ce929d0e0e4736",
        "Mar  1 10:15:02 node-7 kubelet[1712]: I0301 10:15:02.{0} reconciler.go:224] volume mounted for pod checkout-7d9f8c6b5-x{0} uid 6f1c2d3e-0a1b-4c2d-8e3f-9a0b1c2d3e4f",
        "{{\"level\":\"warn\",\"ts\":1772360102.{0},\"caller\":\"pool/pool.go:{0}\",\"msg\":\"pool exhausted\",\"size\":40,\"waiting\":{0},\"key\":\"orders\"}}");

    private static readonly string s_sensitive = Repeat(
        "2026-03-01T10:15:02.123Z INFO  [http-nio-8080-exec-{0}] c.e.shop.CartService : cart 48{0} priced in {0}ms, 3 items, trace=4bf92f3577b34da6a3ce929d0e0e4736",
        "2026-03-01T10:15:02.456Z WARN  login of user{0}@example.com from 10.20.30.{0} failed, retry in {0}ms",
        "2026-03-01T10:15:02.789Z ERROR cannot open postgres://app:made-up-{0}@db-primary:5432/shop",
        "{{\"level\":\"warn\",\"ts\":1772360102.{0},\"msg\":\"call refused\",\"api_key\":\"Zt7madeup{0}\",\"status\":401}}");

    [Benchmark(Baseline = true)]
    public int WithoutSecrets() => Scan(s_plain);

    [Benchmark]
    public int WithSecrets() => Scan(s_sensitive);

    private int Scan(string text)
    {
        _pieces.Clear();
        using var scanner = new TextScanner(_engine);
        scanner.Append(text, _pieces);
        scanner.Complete(_pieces);
        return _pieces.Count;
    }

    private static string Repeat(params string[] lines)
    {
        var text = new System.Text.StringBuilder(Length + 1024);
        for (var i = 0; text.Length < Length; i++)
        {
            text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, lines[i % lines.Length], i % 200).Append('\n');
        }

        return text.ToString(0, Length);
    }
}
