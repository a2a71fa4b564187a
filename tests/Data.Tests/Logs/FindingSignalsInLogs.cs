using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Tests.Extraction;

namespace FaultMaven.Data.Tests.Logs;

public class FindingSignalsInLogs
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("log.out_of_memory", "process", "java", "Out of memory: Killed process 4121 (java) total-vm:8123456kB")]
    [InlineData("log.out_of_memory", "", "", "java.lang.OutOfMemoryError: Java heap space")]
    [InlineData("log.connection_refused", "target", "10.0.0.7:5432", "dial tcp 10.0.0.7:5432: connect: connection refused")]
    [InlineData("log.connection_refused", "target", "db-1.internal:5432", "could not connect to db-1.internal:5432")]
    [InlineData("log.timeout", "target", "pay.example.com", "GET https://pay.example.com/v1/charge: context deadline exceeded")]
    [InlineData("log.timeout", "target", "<IP_ADDRESS_1>:6379", "read from <IP_ADDRESS_1>:6379 timed out after 5 s")]
    [InlineData("log.upstream_error", "", "", "upstream responded with 503 Service Unavailable")]
    [InlineData("log.dns_failure", "host", "db-1.internal", "lookup db-1.internal on 10.0.0.10:53: no such host")]
    [InlineData("log.tls_failure", "", "", "x509: certificate has expired or is not yet valid")]
    [InlineData("log.auth_failure", "", "", "password authentication failed for user \"orders\"")]
    [InlineData("log.permission_denied", "", "", "open /etc/app/key.pem: permission denied")]
    [InlineData("log.disk_full", "path", "/var/lib/app/wal", "write /var/lib/app/wal: no space left on device")]
    [InlineData("log.pool_exhausted", "", "", "HikariPool-1 - Connection is not available, request timed out after 30000ms")]
    [InlineData("log.too_many_connections", "", "", "FATAL: sorry, too many clients already")]
    [InlineData("log.rate_limited", "", "", "429 Too Many Requests from payments")]
    [InlineData("log.deadlock", "", "", "deadlock detected while updating orders")]
    [InlineData("log.config_invalid", "setting", "DATABASE_URL", "missing required environment variable 'DATABASE_URL'")]
    [InlineData("log.port_in_use", "address", "0.0.0.0:8080", "listen tcp 0.0.0.0:8080: bind: address already in use")]
    [InlineData("log.migration_failed", "object", "orders.total", "column \"orders.total\" does not exist")]
    [InlineData("log.data_invalid", "", "", "json parse error: unexpected token at position 12")]
    [InlineData("log.crash", "", "", "worker terminated: segmentation fault (core dumped)")]
    [InlineData("log.health_check_failed", "", "", "readiness probe failed: HTTP probe failed with statuscode: 500")]
    [InlineData("log.gc_pressure", "", "", "GC overhead limit exceeded, pause of 4.2 s")]
    [InlineData("log.message_backlog", "", "", "consumer lag of group orders exceeds 120000 messages")]
    [InlineData("log.dns_failure", "host", "db-1.shop.svc", "lookup db-1.shop.svc on 10.0.0.10:53: server misbehaving")]
    [InlineData(
        "log.dns_failure", "host", "db-1.shop.svc",
        "lookup db-1.shop.svc on 10.0.0.10:53: read udp 10.0.1.9:3812->10.0.0.10:53: i/o timeout")]
    [InlineData("log.dns_failure", "host", "db-1.shop.svc", "dial tcp: lookup db-1.shop.svc: i/o timeout")]
    [InlineData("log.migration_failed", "object", "total", "migrate: ERROR: column \"total\" of relation \"orders\" already exists")]
    [InlineData("log.migration_failed", "", "", "migrate: schema version 46 is dirty")]
    [InlineData("log.migration_failed", "", "", "schema upgrade: 0047_add_total.sql failed")]
    [InlineData(
        "log.data_invalid", "object", "partition 6 offset 112644",
        "cannot deserialize record at partition 6 offset 112644: Invalid value for MonthOfYear")]
    [InlineData("log.data_invalid", "", "", "Cannot deserialize value of type `java.time.LocalDate`: Invalid value for DayOfMonth")]
    [InlineData("log.data_invalid", "", "", "cannot read order: missing required field total")]
    [InlineData("log.config_invalid", "", "", "invalid value for option retries")]
    [InlineData("metric.saturated", "database", "ledger", "database \"ledger\" must be vacuumed within 9000000 transactions")]
    [InlineData(
        "metric.saturated", "resource", "transaction_ids",
        "database is not accepting commands to avoid wraparound data loss in database \"ledger\"")]
    [InlineData(
        "log.tls_failure", "reason", "expired",
        "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-06-15T00:00:03Z is after "
            + "2026-06-15T00:00:00Z")]
    [InlineData(
        "log.tls_failure", "reason", "not yet valid",
        "x509: certificate has expired or is not yet valid: current time 2026-06-15T00:00:03Z is before 2026-06-16T00:00:00Z")]
    [InlineData(
        "log.tls_failure", "reason", "unknown authority",
        "PKIX path building failed: unable to find valid certification path to requested target")]
    [InlineData("log.tls_failure", "reason", "name mismatch", "x509: certificate is valid for shop.example, not pay.example")]
    public void Knows_what_a_message_reports(string kind, string attribute, string value, string message)
    {
        var signal = Assert.Single(Find(Entry(1, Proto.EntryLevel.Error, message)), signal => signal.Kind == kind);

        Assert.Equal(value, attribute.Length > 0 ? signal.Attributes[attribute] : value);
        Assert.Equal((1, 1), (signal.Citations[0].StartLine, signal.Citations[0].EndLine));
        Assert.Equal(message, signal.Citations[0].Quote);
        Assert.Contains(message.Split(' ')[^1], signal.Summary, StringComparison.Ordinal);
        Assert.True(signal.Severity >= Proto.Severity.Error);
    }

    [Theory]
    [InlineData(nameof(Proto.EntryLevel.Information), "health check passed, no errors observed")]
    [InlineData(nameof(Proto.EntryLevel.Information), "batch done: 120 rows, 0 errors, 0 failed")]
    [InlineData(nameof(Proto.EntryLevel.Information), "shut down without error")]
    [InlineData(nameof(Proto.EntryLevel.Information), "error rate back to normal")]
    [InlineData(nameof(Proto.EntryLevel.Information), "request retried successfully after connection reset")]
    [InlineData(nameof(Proto.EntryLevel.Information), "client configured: timeout=30s, max_retries=5, error_threshold=10")]
    [InlineData(nameof(Proto.EntryLevel.Information), "deadlock detector started")]
    [InlineData(nameof(Proto.EntryLevel.Information), "process exited with code 0")]
    [InlineData(nameof(Proto.EntryLevel.Information), "connected, error=null")]
    [InlineData(nameof(Proto.EntryLevel.Information), "relation \"orders\" already exists, skipping")]
    [InlineData(
        nameof(Proto.EntryLevel.Information), "automatic vacuum of table \"ledger.public.orders\" to prevent wraparound: index scans: 1")]
    [InlineData(nameof(Proto.EntryLevel.Unspecified), "scan finished: errors: 0, failures: 0")]
    [InlineData(nameof(Proto.EntryLevel.Unspecified), "no failures since midnight")]
    [InlineData(nameof(Proto.EntryLevel.Error), "finished with 0 errors")]
    [InlineData(nameof(Proto.EntryLevel.Debug), "GET /orders 200 in 503 ms")]
    public void Does_not_treat_talk_of_trouble_as_trouble(string level, string message)
    {
        var signals = Find([.. Traffic(0, 20), Entry(21, Enum.Parse<Proto.EntryLevel>(level), message), .. Traffic(21, 20)]);

        Assert.All(signals, signal => Assert.True(signal.Kind is "log.recovered" or "statement.recovered" or "log.no_errors", signal.Kind));
        Assert.Contains(signals, signal => signal.Kind == "log.no_errors");
    }

    [Theory]
    [InlineData("10 errors while writing")]
    [InlineData("failed to recover the session")]
    [InlineData("replica could not be restored")]
    public void Treats_failures_as_failures(string message)
    {
        var signals = Find(Entry(1, Proto.EntryLevel.Unspecified, message));

        Assert.Contains(signals, signal => signal.Kind == "log.errors");
        Assert.DoesNotContain(signals, signal => signal.Kind is "log.recovered" or "log.no_errors");
    }

    [Fact]
    public void Counts_what_is_said_again_and_cites_the_first_and_the_last()
    {
        var entries = Enumerable.Range(1, 30)
            .Select(i => Entry(i, Proto.EntryLevel.Error, $"call {i} to pay.internal:443 timed out after {i} s"));

        var signal = Assert.Single(Find([.. entries]), signal => signal.Kind == "log.timeout");

        Assert.Equal("30", signal.Attributes["count"]);
        Assert.StartsWith("30 entries report a timeout (pay.internal:443)", signal.Summary, StringComparison.Ordinal);
        Assert.Equal([1, 30], signal.Citations.Select(citation => citation.StartLine));
        Assert.Equal(Proto.SignalState.Active, signal.State);
        Assert.Equal(s_start.AddSeconds(1), signal.StartTime.ToDateTimeOffset());
        Assert.Equal(s_start.AddSeconds(30), signal.EndTime.ToDateTimeOffset());
    }

    [Fact]
    public void Says_that_trouble_is_over_when_normal_traffic_continues_without_it()
    {
        var signals = Find(
            [
                .. Traffic(0, 50),
                .. Enumerable.Range(51, 5).Select(i => Entry(i, Proto.EntryLevel.Error, "connection refused by db:5432")),
                .. Traffic(55, 300)]);

        Assert.Equal(Proto.SignalState.Recovered, signals.Single(signal => signal.Kind == "log.connection_refused").State);
        Assert.Equal(Proto.SignalState.Normal, signals.Single(signal => signal.Kind == "log.no_errors").State);
    }

    [Fact]
    public void Says_that_trouble_is_over_when_a_message_says_so()
    {
        var signals = Find(
            [
                Entry(1, Proto.EntryLevel.Error, "lost connection to db:5432"),
                Entry(2, Proto.EntryLevel.Information, "reconnected to db:5432")]);

        Assert.Equal(Proto.SignalState.Recovered, signals.Single(signal => signal.Kind == "log.connection_refused").State);
        Assert.Contains(
            "reconnected to db:5432", signals.Single(signal => signal.Kind == "log.recovered").Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_trouble_continues_when_it_lasts_to_the_end()
    {
        var entries = Enumerable.Range(1, 300)
            .Select(i =>
                i % 20 == 0
                    ? Entry(i, Proto.EntryLevel.Error, "connection refused by db:5432")
                    : Entry(i, Proto.EntryLevel.Information, "served"));

        var signal = Find([.. entries]).Single(signal => signal.Kind == "log.connection_refused");

        Assert.Equal(Proto.SignalState.Active, signal.State);
    }

    [Fact]
    public void Finds_the_cause_of_an_exception_and_where_it_was_thrown()
    {
        var trace =
            "checkout failed\njava.lang.IllegalStateException: closed\n\tat shop.Cart.pay(Cart.java:12)\n"
                + "Caused by: java.net.ConnectException: refused by bank\n\tat shop.Bank.call(Bank.java:7)";

        var signal = Find(Entry(1, Proto.EntryLevel.Error, trace)).Single(signal => signal.Kind == "log.exception");

        Assert.Equal("java.net.ConnectException", signal.Attributes["type"]);
        Assert.Equal("refused by bank", signal.Attributes["message"]);
        Assert.Equal("at shop.Bank.call(Bank.java:7)", signal.Attributes["frame"]);
    }

    [Fact]
    public void Reads_a_panic_that_the_server_survives_as_an_exception_and_not_a_crash()
    {
        var trace =
            "http: panic serving 10.0.0.1:51201: runtime error: index out of range [3] with length 3\ngoroutine 31 [running]:\n"
                + "net/http.(*conn).serve.func1()\n\t/usr/local/go/src/net/http/server.go:1903 +0xbe"
            + "\npanic({0x6d5a40?, 0xc00001a0f0?})\n\t/usr/local/go/src/runtime/panic.go:770 +0x132\nmain.split(...)\n"
            + "\t/src/shop/split.go:57 +0x1d";

        var signals = Find(Entry(1, Proto.EntryLevel.Error, trace));

        var signal = signals.Single(signal => signal.Kind == "log.exception");
        Assert.Equal(
            ("runtime error", "index out of range [3] with length 3", "at main.split (split.go:57)"),
            (signal.Attributes["type"], signal.Attributes["message"], signal.Attributes["frame"]));
        Assert.DoesNotContain(signals, signal => signal.Kind is "log.crash" or "log.recovered");
    }

    [Theory]
    [InlineData("panic recovered: invalid memory address or nil pointer dereference")]
    [InlineData("recovered from panic: nil pointer dereference")]
    public void Reads_a_panic_that_a_handler_caught_as_an_error_and_not_the_end_of_trouble(string message)
    {
        var signals = Find(Entry(1, Proto.EntryLevel.Error, message));

        Assert.Contains(signals, signal => signal.Kind == "log.errors");
        Assert.DoesNotContain(signals, signal => signal.Kind is "log.crash" or "log.recovered");
    }

    [Theory]
    [InlineData(
        """
        Mar 12 12:0{0}:00 worker-4 systemd[1]: Started Session 88 of user root.
        Mar 12 12:0{0}:30 worker-4 kernel: Memory cgroup out of memory: Killed process 4121 (java) total-vm:81kB
        """)]
    [InlineData("<4>Mar 12 12:0{0}:30 worker-4 kernel: Memory cgroup out of memory: Killed process 4121 (java) total-vm:81kB")]
    public void What_a_kernel_says_is_about_its_machine(string lines)
    {
        var log = string.Join('\n', Enumerable.Range(0, 5).Select(i => lines.Replace("{0}", i.ToString(), StringComparison.Ordinal)));

        var signals = LogSignals.Find(
            new EvidenceSource("cases/1/evidence/1", "syslog", 1, () => new StringReader("")),
            LogReader.Read(new StringReader(log), s_start.AddDays(1)), Cancel);

        var signal = signals.Single(signal => signal.Kind == "log.out_of_memory");
        Assert.Equal(
            ("node/worker-4", "java", false), (signal.Subject, signal.Attributes["process"], signal.Attributes.ContainsKey("service")));
    }

    [Theory]
    [InlineData("""{"ts": "2026-03-12T12:00:00Z", "level": "error", "msg": "quote failed", "err": "x509: certificate has expired"}""")]
    [InlineData(
        """{"ts": "2026-03-12T12:00:00Z", "level": "error", "msg": "quote failed", "error": {"type": "tls", "message": "x509: """
            + """certificate has expired"}}""")]
    [InlineData("""ts=2026-03-12T12:00:00Z level=error msg="quote failed" error_message="x509: certificate has expired" """)]
    [InlineData("2026-03-12T12:00:00Z ERROR quote failed\ntls: cannot go on\nCaused by: x509: certificate has expired")]
    public void Quotes_what_reports_the_trouble_though_it_is_in_another_field_or_line(string log)
    {
        var signals = LogSignals.Find(
            new EvidenceSource("cases/1/evidence/1", "app.log", 1, () => new StringReader("")),
            LogReader.Read(new StringReader(log), s_start.AddDays(1)), Cancel);

        var signal = signals.Single(signal => signal.Kind == "log.tls_failure");
        Assert.Contains("quote failed: ", signal.Summary, StringComparison.Ordinal);
        Assert.EndsWith("x509: certificate has expired\"", signal.Summary, StringComparison.Ordinal);
        Assert.EndsWith("x509: certificate has expired", signal.Citations[0].Quote, StringComparison.Ordinal);
        Assert.Equal("expired", signal.Attributes["reason"]);
    }

    [Fact]
    public void Quotes_the_error_of_an_entry_whose_kind_is_not_known()
    {
        const string Log = """{"ts": "2026-03-12T12:00:00Z", "level": "error", "msg": "order not saved", "err": "the ledger said no"}""";

        var signals = LogSignals.Find(
            new EvidenceSource("cases/1/evidence/1", "app.log", 1, () => new StringReader("")),
            LogReader.Read(new StringReader(Log), s_start.AddDays(1)), Cancel);

        Assert.Contains(
            "order not saved: the ledger said no", signals.Single(signal => signal.Kind == "log.errors").Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_burst_of_errors_but_none_where_errors_are_usual()
    {
        LogEntry[] burst =
        [
            .. Traffic(0, 1_000), .. Enumerable.Range(1_001, 40).Select(i => Entry(i, Proto.EntryLevel.Error, $"order {i} failed")),
            .. Traffic(1_040, 1_000),
        ];
        LogEntry[] usual =
        [
            .. Enumerable.Range(1, 2_000)
                .Select(i => Entry(i, i % 10 == 0 ? Proto.EntryLevel.Error : Proto.EntryLevel.Information, $"order {i} done")),
        ];

        var signal = Assert.Single(Find(burst), signal => signal.Kind == "log.burst");

        Assert.InRange(int.Parse(signal.Attributes["count"]), 38, 40);
        Assert.InRange(signal.Citations[0].StartLine, 1_001, 1_010);
        Assert.DoesNotContain(Find(usual), found => found.Kind == "log.burst");
    }

    [Fact]
    public void Finds_silence_and_slowness()
    {
        var entries = Enumerable.Range(1, 400).Select(i => new LogEntry(
            i, i, s_start.AddSeconds(i <= 200 ? i : i + 900), Proto.EntryLevel.Information, "cart",
            $"checkout {i} took {(i <= 200 ? 40 + (i % 7) : 900 + (i % 70))} ms"));

        var signals = Find([.. entries]);

        var gap = Assert.Single(signals, signal => signal.Kind == "log.gap");
        Assert.Equal("901", gap.Attributes["seconds"]);
        Assert.Equal([200, 201], gap.Citations.Select(citation => citation.StartLine));
        var shift = Assert.Single(signals, signal => signal.Kind == "log.latency_shift");
        Assert.InRange(double.Parse(shift.Attributes["before_ms"]), 40, 47);
        Assert.InRange(double.Parse(shift.Attributes["after_ms"]), 900, 970);
    }

    [Fact]
    public void Finds_a_lasting_change_of_rate()
    {
        var entries = Enumerable.Range(0, 600).Select(i => (Order: i, Second: i < 60 ? i * 10 : 600 + (i - 60)))
            .Select(at =>
                new LogEntry(
                    at.Order + 1, at.Order + 1, s_start.AddSeconds(at.Second), Proto.EntryLevel.Information, "cart",
                    $"cache miss for key {at.Order}"));

        var signal = Assert.Single(Find([.. entries]), signal => signal.Kind == "log.rate_change");

        Assert.InRange(double.Parse(signal.Attributes["before"]), 5, 8);
        Assert.InRange(double.Parse(signal.Attributes["after"]), 50, 70);
    }

    [Fact]
    public void Ends_what_stopped_altogether_with_the_log()
    {
        var entries = Enumerable.Range(0, 300)
            .Select(i =>
                new LogEntry(
                    i + 1, i + 1, s_start.AddSeconds(i), Proto.EntryLevel.Information, "cart",
                    i % 2 == 0 && i < 150 ? $"cache miss for key {i}" : $"order {i} placed"));

        var signal = Assert.Single(Find([.. entries]), signal => signal.Kind == "log.rate_change" && signal.Attributes["after"] == "0");

        Assert.Equal(s_start.AddSeconds(299), signal.EndTime.ToDateTimeOffset());
        Assert.InRange(signal.StartTime.ToDateTimeOffset(), s_start.AddSeconds(149), s_start.AddSeconds(160));
    }

    [Fact]
    public void Is_quiet_about_a_quiet_log()
    {
        var random = new Random(1);
        var second = 0.0;
        var entries = Enumerable.Range(1, 2_000)
            .Select(i =>
                new LogEntry(i, i, s_start.AddSeconds(second += -Math.Log(random.NextDouble())), Proto.EntryLevel.Information, "cart",
            (i % 3) switch { 0 => $"order {i} placed", 1 => $"page {i} served in {random.Next(5, 60)} ms", _ => $"user {i} logged in" }));

        var signal = Assert.Single(Find([.. entries]));

        Assert.Equal("log.no_errors", signal.Kind);
        Assert.Equal("2000", signal.Attributes["lines"]);
    }

    [Fact]
    public void Finds_at_most_what_a_reader_can_take()
    {
        var entries = Enumerable.Range(1, 5_000)
            .Select(i =>
                Entry(i, Proto.EntryLevel.Error, $"{Word(i)}Exception: {Word(i * 3)} of {Word(i * 7)} timed out at host-{i}.internal:80"));

        Assert.InRange(Find([.. entries]).Count, 20, LogSignals.MaxSignals);
    }

    private static string Word(int i) => string.Concat(i.ToString().Select(digit => (char)('a' + digit - '0')));

    private static IEnumerable<LogEntry> Traffic(int after, int count) =>
        Enumerable.Range(after + 1, count)
            .Select(i => Entry(i, Proto.EntryLevel.Information, $"GET /orders/{i} served in {20 + (i % 9)} ms"));

    private static LogEntry Entry(int line, Proto.EntryLevel level, string message) =>
        new(line, line, s_start.AddSeconds(line), level, "cart", message);

    private static IReadOnlyList<Proto.Signal> Find(params LogEntry[] entries) =>
        LogSignals.Find(new EvidenceSource("cases/1/evidence/1", "app.log", 1, () => new StringReader("")), entries, Cancel);

    [Fact]
    public void An_entry_without_a_message_is_reported_without_an_empty_quotation()
    {
        var signal = Analysed.Signals(new LogAnalyzer(TimeProvider.System), "2026-03-12T12:00:00Z ERROR\n2026-03-12T12:00:01Z INFO up\n")
            .Single(signal => signal.Kind == "log.errors");

        Assert.DoesNotContain("\"", signal.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_in_quotation_marks_is_quoted_once()
    {
        var signal = Analysed.Signals(
            new LogAnalyzer(TimeProvider.System), "2026-03-12T12:00:00Z ERROR \"cart is gone\"\n2026-03-12T12:00:01Z INFO up\n")
            .Single(signal => signal.Kind == "log.errors");

        Assert.EndsWith(": \"cart is gone\"", signal.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_log_of_nginx_names_the_upstream_and_not_a_client_or_a_process()
    {
        var lines = Enumerable.Range(0, 30).Select(i =>
            $"2026/03/12 12:00:{i:00} [error] 31#31: *{i} SSL_do_handshake() failed (SSL: error:0A000086:SSL routines::certificate verify "
                + "failed) while SSL handshaking to upstream, "
            + $"client: <IP_ADDRESS_{i}>, server: shop.example.com, request: \"GET /{i} HTTP/1.1\", upstream: "
            + $"\"https://pay.example.com:443/{i}\"");

        var signals = Analysed.Signals(new LogAnalyzer(TimeProvider.System), string.Join('\n', lines), "error.log");

        Assert.Single(signals, signal => signal.Kind == "log.tls_failure");
        Assert.All(
            signals,
            signal => Assert.DoesNotContain("IP_ADDRESS", signal.Summary[..signal.Summary.IndexOf(':')], StringComparison.Ordinal));
        Assert.All(signals, signal => Assert.Equal("file/error.log", signal.Subject));
    }
}
