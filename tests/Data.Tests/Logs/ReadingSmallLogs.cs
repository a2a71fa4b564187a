using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Tests.Extraction;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Logs;

/// <summary>Logs of a few lines, of which one says what is wrong.</summary>
public class ReadingSmallLogs
{
    [Theory]
    [InlineData("10:00:05 WARN raft: lost leader, starting a new election", "statement.lost")]
    [InlineData("10:00:05 WARN gossip: no quorum, stepping down", "statement.unreachable")]
    [InlineData("10:00:05 INFO pool: connection pool exhausted, 64 of 64 in use", "statement.exhausted")]
    public void A_warning_that_says_what_is_wrong_is_not_a_quiet_log(string line, string kind)
    {
        var signals = Signals($"2026-03-02T{line}\n2026-03-02T{line.Replace("10:00:05", "10:00:15")}\n");

        Assert.Contains(signals, signal => signal.Kind == kind);
        Assert.DoesNotContain(signals, signal => signal.Kind == "log.no_errors");
    }

    [Fact]
    public void A_calm_log_is_quiet() =>
        Assert.Contains(Signals("2026-03-02T10:00:05Z INFO printer in the lobby is ready\n"), signal => signal.Kind == "log.no_errors");

    [Fact]
    public void A_request_whose_client_was_redacted_still_has_its_status()
    {
        var signals = Signals(string.Concat(Enumerable.Range(1, 6).Select(second =>
            $"<IP_ADDRESS_{second}> - - [02/Mar/2026:10:00:0{second} +0000] \"GET /a HTTP/1.1\" 503 187 \"-\" \"curl\"\n")));

        Assert.Contains(signals, signal => signal.Kind == "log.errors" && signal.Attributes["count"] == "6");
    }

    [Fact]
    public void A_letter_in_a_certificate_s_name_is_not_a_level()
    {
        var signals = Signals(
            """
            depth=2 C = US, O = Example Trust, CN = Example Root
            verify error:num=19:self-signed certificate in certificate chain
            verify return:1
            depth=1 C = US, O = Example Trust, CN = Example Issuing
            depth=0 C = US, CN = api.example.net
            """);

        Assert.DoesNotContain(signals, signal => signal.Severity == Severity.Critical);
        Assert.DoesNotContain(signals, signal => signal.Subject.StartsWith("service/", StringComparison.Ordinal));
        Assert.Contains(signals, signal => signal.Kind == "log.tls_failure");
    }

    [Theory]
    [InlineData("curl: (6) Could not resolve host: orders", "orders")]
    [InlineData("cannot resolve hostname ledger.pay", "ledger.pay")]
    [InlineData("getaddrinfo ENOTFOUND ledger", "ledger")]
    public void What_did_not_resolve_is_the_name_and_not_the_word_before_it(string message, string host)
    {
        var signal = Assert.Single(
            Signals($"2026-03-02T10:00:05Z ERROR {message}\n"), signal => signal.Kind == "log.dns_failure");

        Assert.Equal(host, signal.Attributes["host"]);
    }

    [Fact]
    public void A_token_that_a_library_calls_a_validation_error_is_not_malformed_input()
    {
        var signals = Signals("2026-03-02T10:00:05Z ERROR sts: Token used before issued (*jwt.ValidationError)\n");

        Assert.DoesNotContain(signals, signal => signal.Kind == "log.data_invalid");
        Assert.Contains(signals, signal => signal.Kind == "statement.expired");
        Assert.Equal("Token used before issued", Assert.Single(signals, signal => signal.Kind == "log.exception").Attributes["message"]);
    }

    [Fact]
    public void The_first_word_of_a_message_is_not_a_second_level()
    {
        const string Message = "ERROR Error while appending to orders in dir /var/lib/broker: No space left on device";
        var signals = Signals(string.Concat(Enumerable.Range(10, 43).Select(second => $"[2026-03-02 10:00:{second},120] {Message}\n")));

        var full = Assert.Single(signals, signal => signal.Kind == "log.disk_full");
        Assert.Equal("43", full.Attributes["count"]);
        Assert.StartsWith("Error while appending", full.Attributes["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10:00:05.1 [error] <0.4.0> closing (<IP_ADDRESS_1>:4123 -> <IP_ADDRESS_2>:5672): missed heartbeats, timeout: 60s")]
    [InlineData("10:00:05.1 [error] *1 connect to <IP_ADDRESS_1>:5672 timed out after 60s")]
    public void Ports_and_numbers_of_requests_are_not_amounts(string line)
    {
        var statement = Signals($"2026-03-02 {line}\n").First(signal => signal.Kind.StartsWith("statement.", StringComparison.Ordinal));

        Assert.Equal("60s", statement.Attributes["quantity"]);
    }

    [Fact]
    public void The_events_of_all_namespaces_are_a_table_and_not_a_log() =>
        Assert.Equal(EvidenceType.CommandOutput, EvidenceClassifier.Classify(
            "events.txt",
            """
            NAMESPACE   LAST SEEN   TYPE      REASON      OBJECT              MESSAGE
            shop        2m          Warning   Unhealthy   pod/cart-7d-abc     Readiness probe failed: HTTP probe failed with statuscode: 500
            """,
            isBinary: false).Type);

    private static IReadOnlyList<Signal> Signals(string log) => Analysed.Signals(new LogAnalyzer(TimeProvider.System), log, "app.log");
}
