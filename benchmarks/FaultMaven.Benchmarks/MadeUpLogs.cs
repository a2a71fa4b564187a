using System.Globalization;
using System.Text;

namespace FaultMaven.Benchmarks;

/// <summary>
/// Logs of the kinds that incidents come with, made up from a seed: application and system logs, access logs, JSON and key=value records,
/// stack traces, a little prose. The same seed gives the same text.
/// </summary>
/// <remarks>
/// Without secrets nothing in it is to be redacted. With them it has the rates we would expect of production: every access record holds an
/// address, one line in a hundred a mail address or an account, one in two hundred a credential of some kind. All are made up.
/// </remarks>
internal sealed class MadeUpLogs(int seed, bool withSecrets)
{
    private static readonly string[] s_services =
    [
        "checkout", "cart-service", "payments", "inventory", "api-gateway", "session-cache", "orders", "search-indexer",
    ];
    private static readonly string[] s_levels = ["INFO", "INFO", "INFO", "INFO", "DEBUG", "DEBUG", "WARN", "ERROR"];
    private static readonly string[] s_paths =
    [
        "/api/v1/orders", "/api/v2/cart/items", "/healthz", "/static/js/main.8f2c1e.js", "/search?q=lamp&page=2", "/login", "/metrics",
    ];

    private static readonly string[] s_classes =
        [
            "c.e.shop.cart.CartService", "o.a.k.c.consumer.KafkaConsumer", "com.zaxxer.hikari.pool.HikariPool",
            "o.s.web.servlet.DispatcherServlet", "i.n.c.AbstractChannelHandlerContext"];

    private static readonly string[] s_messages =
    [
        "Connection pool exhausted, waited {0}ms (active={1}, idle=0, waiting={1})",
        "Fetched {1} records from topic orders partition {1} offset {0}",
        "Completed {0} of {0} tasks in {1}.{1} seconds", "Cache miss for key product:{0}; loading from the database",
        "Retrying request to inventory (attempt {1} of 5) after {0} ms",
        "Marking node as not ready: heartbeat missed for {1}s", "Flushed memtable of {0} bytes to segment {1}",
        "GC pause (G1 Evacuation Pause) (young) {0}K->{0}K(4096M) {1}.0{1} secs",
        "Request deadline exceeded while awaiting headers from upstream",
        "Circuit breaker for payments is now OPEN: failure rate {1}% above threshold",
        "Starting rolling update of deployment checkout to revision {1}",
        "Slow query took {0} ms: SELECT id, status FROM orders WHERE status = 'open' ORDER BY created_at LIMIT 50",
    ];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private DateTime _time = new(2026, 3, 1, 10, 15, 2, DateTimeKind.Utc);

    /// <summary>A text of exactly this many characters, all of them ASCII but for one in some thousands.</summary>
    public static string Create(int length, bool withSecrets, int seed = 17) => new MadeUpLogs(seed, withSecrets).Write(length);

    private string Write(int length)
    {
        while (_text.Length < length)
        {
            _time = _time.AddMilliseconds(_random.Next(400));
            WriteRecord();
        }

        return _text.ToString(0, length);
    }

    private void WriteRecord()
    {
        switch (_random.Next(100))
        {
            case < 25:
                Line($"{_time:yyyy-MM-dd HH:mm:ss,fff} {Any(s_levels),-5} [http-nio-8080-exec-{_random.Next(40)}] {Any(s_classes)} - "
                    + $"{Message()}");
                break;
            case < 40:
                Line($"{{\"timestamp\":\"{_time:O}\",\"level\":\"{Any(s_levels).ToLowerInvariant()}\",\"service\":\"{Any(s_services)}\","
                    + $"\"trace_id\":\"{Hex(32)}\",\"span_id\":\"{Hex(16)}\",\"message\":\"{Message()}\","
                    + $"\"duration_ms\":{_random.Next(5000)}}}");
                break;
            case < 55:
                Line($"{Client()} - - [{_time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {Any(s_paths)} HTTP/1.1\" "
                    + $"{(_random.Next(9) == 0 ? 503 : 200)} {_random.Next(90_000)} \"-\" \"Mozilla/5.0 (X11; Linux x86_64) "
                    + $"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36\" {_random.NextDouble():0.000}");
                break;
            case < 65:
                Line($"{_time:MMM d HH:mm:ss} node-{_random.Next(12)} kubelet[1712]: I{_time:MMdd HH:mm:ss.ffffff} 1712 reconciler.go:224] "
                    + $"\"operationExecutor.MountVolume succeeded for volume\" pod=\"shop/{Any(s_services)}-{Hex(9)}-x{Hex(4)}\" "
                    + $"UID=\"{Uuid()}\"");
                break;
            case < 75:
                Line($"ts={_time:yyyy-MM-ddTHH:mm:ss.fffZ} level={Any(s_levels).ToLowerInvariant()} caller=pool/pool.go:{_random.Next(900)}"
                    + $" component={Any(s_services)} msg=\"{Message()}\" elapsed={_random.Next(900)}ms queue={_random.Next(64)}");
                break;
            case < 81:
                Line($"{_time:yyyy-MM-dd HH:mm:ss.fff} UTC [{_random.Next(32_000)}] LOG:  duration: {_random.NextDouble() * 900:0.000} ms  "
                    + $"statement: UPDATE carts SET total = {_random.Next(900)}.50, updated_at = now() WHERE id = "
                    + $"{_random.Next(1_000_000)}");
                break;
            case < 87:
                WriteTrace();
                break;
            case < 92:
                Line($"[{_time:HH:mm:ss} INF] {Any(s_services)}: HTTP PUT {Any(s_paths)} responded 204 in "
                    + $"{_random.NextDouble() * 90:0.0000} ms <s:Shop.Requests> correlation {Uuid()}");
                break;
            case < 96:
                Line($"081109 {_time:HHmmss} 148 INFO dfs.DataNode$PacketResponder: PacketResponder {_random.Next(3)} for block "
                    + $"blk_{_random.NextInt64(1_000_000_000, long.MaxValue)} of size 67108864 terminating");
                break;
            case < 99 when withSecrets && _random.Next(3) > 0:
                WriteSensitive();
                break;
            default:
                Line("We rolled the deployment back at ten and the queue drained within a few minutes; the pods had been killed for memory "
                    + "— see the graph above.");
                break;
        }
    }

    private void WriteTrace()
    {
        Line($"{_time:yyyy-MM-dd HH:mm:ss,fff} ERROR [worker-{_random.Next(8)}] {Any(s_classes)} - Unhandled exception: "
            + "java.net.SocketTimeoutException: Read timed out");
        for (var i = _random.Next(4, 14); i > 0; i--)
        {
            Line($"\tat com.example.shop.{Any(s_services).Replace("-", "", StringComparison.Ordinal)}"
                + $".internal.RequestExecutor.lambda$execute${_random.Next(9)}(RequestExecutor.java:{_random.Next(900)})");
        }
    }

    private void WriteSensitive()
    {
        switch (_random.Next(8))
        {
            case 0 or 1 or 2:
                Line($"{_time:yyyy-MM-dd HH:mm:ss,fff} WARN  [auth-{_random.Next(4)}] c.e.shop.Login - login of "
                    + $"user{_random.Next(500)}@example.com from {Client()} failed");
                break;
            case 3:
                Line($"{_time:MMM d HH:mm:ss} node-{_random.Next(12)} sshd[{_random.Next(32_000)}]: Accepted publickey for user "
                    + $"deploy{_random.Next(50)} from {Client()} port {_random.Next(1024, 65_535)} ssh2");
                break;
            case 4:
                Line($"{_time:yyyy-MM-dd HH:mm:ss,fff} ERROR [main] com.zaxxer.hikari.pool.HikariPool - cannot open "
                    + $"postgres://app:made-up-{Hex(12)}@db-primary:5432/shop");
                break;
            case 5:
                Line($"{{\"timestamp\":\"{_time:O}\",\"level\":\"debug\",\"msg\":\"request\",\"headers\":{{\"Authorization\":\"Bearer "
                    + $"MadeUp{Hex(30)}\",\"Accept\":\"application/json\"}}}}");
                break;
            case 6:
                Line($"export SHOP_API_KEY=Zt7madeup{Hex(24)} SHOP_REGION=eu-west-1 SHOP_LOG_LEVEL=debug");
                break;
            default:
                Line($"user=ada{_random.Next(500)} action=refund amount=12.50 card=4111 1111 1111 1111 phone=+44 7700 "
                    + $"900{_random.Next(100, 999)}");
                break;
        }
    }

    private string Message() => string.Format(CultureInfo.InvariantCulture, Any(s_messages), _random.Next(100_000), _random.Next(1, 64));

    private string Client() =>
        withSecrets ? $"10.{_random.Next(4)}.{_random.Next(256)}.{_random.Next(1, 255)}" : $"client-{_random.Next(500)}.internal";

    private string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-8{Hex(3)}-{Hex(12)}";

    private string Hex(int length) => _random.GetHexString(length, lowercase: true);

    private string Any(string[] some) => some[_random.Next(some.Length)];

    private void Line(string line) => _text.Append(line).Append('\n');
}
