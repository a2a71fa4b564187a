using System.Globalization;

namespace FaultMaven.Benchmarks;

/// <summary>What is there to redact in a log that is made up.</summary>
internal enum UploadedValues
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An address in every sixth line, of five hundred that come again.</summary>
    Known,

    /// <summary>An address in every sixth line that was never seen before: more than any log we know has.</summary>
    New,
}

/// <summary>
/// Writes a log of one application, 120 bytes a line on the average, made up from a seed: the same seed gives the same bytes.
/// </summary>
internal sealed class UploadedLog(UploadedValues values, int seed)
{
    private const int KnownAddresses = 500;

    private static readonly string[] s_loggers = ["checkout.OrderService", "cart.CartRepository", "payments.Gateway", "search.IndexWriter"];

    private readonly Random _random = new(seed);
    private DateTime _time = new(2026, 3, 1, 10, 15, 2, DateTimeKind.Utc);
    private long _line;

    /// <returns>How many bytes were written: as many as asked for, up to the end of a line.</returns>
    public static long Write(string path, long length, UploadedValues values, int seed)
    {
        using var writer = new StreamWriter(path, append: false, new System.Text.UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        var log = new UploadedLog(values, seed);
        var written = 0L;

        while (written < length)
        {
            var line = log.Next();
            writer.WriteLine(line);
            written += line.Length + 1;
        }

        return written;
    }

    private string Next()
    {
        _time = _time.AddMilliseconds(_random.Next(40));
        _line++;
        var logger = s_loggers[_random.Next(s_loggers.Length)];
        var level = _line % 997 == 0 ? "ERROR" : _line % 101 == 0 ? "WARN " : "INFO ";
        var head = string.Create(
            CultureInfo.InvariantCulture, $"{_time:yyyy-MM-dd HH:mm:ss,fff} {level} [exec-{_random.Next(16)}] {logger} - ");

        return head + (_line % 6 == 0 ? OfClient() : OfApplication(level));
    }

    private string OfClient() => values is UploadedValues.None
        ? $"request served, path=/api/v1/orders/{_random.Next(100_000)} status=200 bytes={_random.Next(90_000)} "
            + $"elapsed={_random.Next(900)}ms"
        : $"request of {Address()} served, path=/api/v1/orders/{_random.Next(100_000)} status=200 elapsed={_random.Next(900)}ms";

    private string OfApplication(string level) => (level, _random.Next(6)) switch
    {
        ("ERROR", _) =>
            $"upstream did not answer within {_random.Next(1000, 9000)} ms, attempt {_random.Next(1, 4)} of 3, order "
                + $"{_random.Next(1_000_000)} is put back",
        ("WARN ", _) =>
            $"connection pool is nearly exhausted: active={_random.Next(50, 64)} idle={_random.Next(4)} waiting={_random.Next(30)}",
        (_, 0) => $"order {_random.Next(1_000_000)} accepted with {_random.Next(1, 12)} items in {_random.Next(900)} ms",
        (_, 1) => $"cache entry product:{_random.Next(100_000)} was loaded from the database in {_random.Next(90)} ms",
        (_, 2) =>
            $"batch {_random.Next(10_000)} flushed: {_random.Next(5_000)} documents, {_random.Next(1_000_000)} bytes, queue depth "
                + $"{_random.Next(64)}",
        (_, 3) => $"reservation r{_random.Next(1_000_000)} of shelf {_random.Next(300)} is confirmed",
        (_, 4) =>
            $"payment {_random.Next(1_000_000)} settled after {_random.Next(4)} retries, provider answered 200 in {_random.Next(700)} ms",
        _ => $"heartbeat of replica {_random.Next(5)}: lag {_random.Next(2_000)} ms, offset {_random.NextInt64(10_000_000_000)}",
    };

    private string Address()
    {
        // Multiplying by an odd number visits every address of a private network before one comes again.
        var n = values is UploadedValues.New ? (uint)(_line * 2_654_435_761L) & 0xff_ffff : (uint)_random.Next(KnownAddresses) * 7919;

        return $"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}";
    }
}
