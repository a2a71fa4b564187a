namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>What the makers put into their samples.</summary>
internal static class Words
{
    private static readonly string[] s_services = ["web", "cart", "orders", "payment", "mail", "search", "ledger", "gateway"];
    private static readonly string[] s_levels = ["INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"];
    private static readonly string[] s_types =
    [
        "IllegalStateException", "TimeoutException", "ConnectException", "NullPointerException", "ValidationException",
    ];
    private static readonly string[] s_metrics =
    [
        "cpu_percent", "memory_mb", "latency_ms", "queue_depth", "requests_per_second", "disk_used",
    ];

    private static readonly string[] s_messages =
    [
        "request served in 12 ms", "cache miss for key 42", "connection to db-1 refused", "order 1001 placed", "retrying in 3 s",
        "session expired", "job finished", "upstream answered 503",
        "failed to parse the body", "queue is empty", "listening on port 8080", "configuration loaded: timeout=30", "user logged in",
        "GET /cart 200", "exception while pricing the cart",
    ];

    private static readonly string[] s_sentences =
    [
        "The customers told us that the shop was slow this morning.", "Nobody knows since when it has been so.",
        "We have looked at the queue and found nothing.", "It began after lunch, as far as we can tell.",
        "The colleague on call restarted the cart twice.", "It did not help, and the number of complaints rose.",
        "Please have a look when you find the time.",
    ];

    public static string Service(this Random random) => random.Of(s_services);

    public static string Level(this Random random) => random.Of(s_levels);

    public static string Failure(this Random random) => random.Of(s_types);

    public static string Metric(this Random random) => random.Of(s_metrics);

    public static string Message(this Random random) => random.Of(s_messages);

    public static string Sentence(this Random random) => random.Of(s_sentences);

    public static string Of(this Random random, params string[] choices) => choices[random.Next(choices.Length)];

    public static string Pod(this Random random) =>
        $"{random.Service()}-{random.Next(0x100000, 0xffffff):x}-{random.Next(0x10000, 0xfffff):x}";

    public static DateTime Begin(this Random random) =>
        new DateTime(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(0, 30_000_000));

    public static string Lines(this Random random, int least, int most, Func<int, string> line) =>
        string.Join('\n', Enumerable.Range(0, random.Next(least, most + 1)).Select(line)) + "\n";
}
