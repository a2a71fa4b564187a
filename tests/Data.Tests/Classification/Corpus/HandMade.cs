using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>Samples made by hand because they are easily mistaken for something else.</summary>
internal static class HandMade
{
    public static IReadOnlyList<LabelledSample> All { get; } =
    [
        // One line each.
        Of(EvidenceType.Logs, "a.txt", "2024-05-01T10:00:00Z ERROR payment failed"),
        Of(EvidenceType.Logs, "", "INFO: ready"),
        Of(EvidenceType.Logs, "x", "[2024-05-01 10:00:00] worker started"),
        Of(EvidenceType.ErrorReport, "x", "[ERROR] java.lang.IllegalStateException: cart is closed"),
        Of(EvidenceType.ErrorReport, "x", "Error: connect ECONNREFUSED 127.0.0.1:5432"),
        Of(EvidenceType.ErrorReport, "x", "Segmentation fault (core dumped)"),
        Of(EvidenceType.Metrics, "x", "cpu_usage{host=\"a\"} 85"),
        Of(EvidenceType.Config, "x", "logging.level=DEBUG"),
        Of(EvidenceType.Config, "x", "database.host=localhost"),
        Of(EvidenceType.Text, "x", "The shop is slow since this morning, please help."),

        // Logs that quote something else.
        Of(
            EvidenceType.Logs, "config.yaml",
            """
            2024-05-01T10:00:00Z INFO reading config:
            2024-05-01T10:00:00Z INFO timeout=30
            2024-05-01T10:00:00Z INFO retries=3
            2024-05-01T10:00:01Z INFO host=db-1
            """),
        Of(
            EvidenceType.Logs, "top.txt",
            """
            2024-05-01T10:00:00Z INFO load average: 1.0
            2024-05-01T10:01:00Z INFO load average: 1.2
            2024-05-01T10:02:00Z INFO load average: 9.8
            """),
        Of(
            EvidenceType.Logs, "guide.md",
            """
            2024-05-01T10:00:00Z INFO wrote the troubleshooting guide
            2024-05-01T10:00:01Z INFO wrote the manual
            2024-05-01T10:00:02Z INFO wrote the tutorial
            """),
        Of(
            EvidenceType.Logs, "metrics.csv",
            """
            2024-05-01 10:00:00 INFO cpu=12 memory=40
            2024-05-01 10:00:10 INFO cpu=14 memory=41
            2024-05-01 10:00:20 INFO cpu=15 memory=41
            """),
        Of(
            EvidenceType.Logs, "a.txt",
            "INFO request took 404 ms\nINFO request took 500 ms\nINFO request took 503 ms\nINFO request took 429 ms"),
        Of(
            EvidenceType.Logs, "sql.txt",
            """
            2024-05-01 10:00:00 UTC [42] LOG:  duration: 1200.1 ms  statement: SELECT * FROM orders
            2024-05-01 10:00:01 UTC [42] LOG:  duration: 900.1 ms  statement: UPDATE carts SET n = 1
            2024-05-01 10:00:02 UTC [42] ERROR:  deadlock detected
            """),
        Of(
            EvidenceType.Logs, "a.json",
            """
            {"time":"2024-05-01T10:00:00Z","severity":"ERROR","message":"alert: disk is full"}
            {"time":"2024-05-01T10:00:01Z","severity":"INFO","message":"config reloaded"}
            """),
        Of(
            EvidenceType.Logs, "error.txt",
            "2024-05-01T10:00:00Z ERROR failed\njava.io.IOException: broken pipe\n\tat shop.Wire.send(Wire.java:9)\n"
                + "2024-05-01T10:00:01Z ERROR failed\njava.io.IOException: broken pipe\n\tat shop.Wire.send(Wire.java:9)\n"
                + "2024-05-01T10:00:02Z INFO up"),
        Of(
            EvidenceType.Logs, "paste",
            """
            May  1 10:00:00 db-1 kernel: Out of memory: Killed process 4242 (java)
            May  1 10:00:01 db-1 systemd[1]: shop.service: Main process exited
            """),
        Of(
            EvidenceType.Logs, "paste",
            """
            10:00:00.123 [main] INFO  shop.Cart - ready
            10:00:01.456 [main] WARN  shop.Cart - slow
            10:00:02.789 [main] INFO  shop.Cart - done
            """),

        // Settings that look like prose, metrics or logs.
        Of(
            EvidenceType.Config, "paste",
            """
            # The port that the shop listens on.
            port = 8080
            # How long to wait, in seconds.
            timeout = 30
            # The level of the log: DEBUG, INFO, ERROR.
            level = INFO
            """),
        Of(EvidenceType.Config, "data", "max_connections = 100\nshared_buffers = 128MB\nwork_mem = 4MB\nlog_min_duration_statement = 1000"),
        Of(EvidenceType.Config, "paste", "error_log: /var/log/error.log\nlog_level: error\nretry_on_failure: true\nfailure_threshold: 3"),
        Of(EvidenceType.Config, "errors.txt", "ERROR_PAGE=/500.html\nEXCEPTION_HANDLER=json\nCRASH_REPORTS=on"),
        Of(EvidenceType.Config, "paste", "{\"logging\":{\"level\":\"ERROR\",\"message\":\"%d %m\"},\"alerts\":{\"enabled\":true}}"),

        // Reports of errors, and what merely mentions them.
        Of(
            EvidenceType.ErrorReport, "app.log",
            "Traceback (most recent call last):\n  File \"app.py\", line 3, in <module>\n    run()\nKeyError: 'cart'"),
        Of(
            EvidenceType.ErrorReport, "paste",
            "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/src/main.go:12 +0x25"),
        Of(
            EvidenceType.Documentation, "errors.txt",
            """
            # Known errors

            What each exception means and what to do about it.

            ## IllegalStateException

            The cart was closed. Open a new one.

            ## TimeoutException

            The database did not answer in time.
            """),
        Of(
            EvidenceType.Text, "error.txt",
            """
            Since the last deployment we see errors in the checkout. Some customers get a crash, others an exception page.
            It failed for about one in ten of them.
            """),

        // Tables.
        Of(
            EvidenceType.Metrics, "log.txt",
            "time,cpu,memory\n2024-05-01T10:00:00Z,12,40\n2024-05-01T10:01:00Z,14,41\n2024-05-01T10:02:00Z,90,41"),
        Of(EvidenceType.Metrics, "a", "timestamp;errors;warnings\n1714557600;1;2\n1714557660;9;2"),
        Of(
            EvidenceType.Logs, "metrics.csv",
            "time,severity,message\n2024-05-01T10:00:00Z,error,\"failed, again\"\n2024-05-01T10:00:01Z,info,up"),
        Of(
            EvidenceType.CommandOutput, "a.log",
            "Filesystem     1K-blocks     Used Available Use% Mounted on\n/dev/sda1       51475068 49000000    100000 100% /"),
        Of(
            EvidenceType.CommandOutput, "paste",
            "$ kubectl get pods\nNAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Running   0          5d"),
        Of(
            EvidenceType.CommandOutput, "paste",
            """
            PING db-1 (10.0.0.9) 56(84) bytes of data.
            64 bytes from db-1: icmp_seq=1 ttl=64 time=0.1 ms
            64 bytes from db-1: icmp_seq=2 ttl=64 time=0.2 ms
            """),
        Of(
            EvidenceType.CommandOutput, "paste",
            "State    Recv-Q Send-Q Local Address:Port  Peer Address:Port\nLISTEN   129    128          0.0.0.0:8080       0.0.0.0:*"),

        // Truncated and embedded documents.
        Of(
            EvidenceType.ClusterState, "pods",
            """{"items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0"}"""
                + ""","status":{"phase":"Running","containerStatuses":[{"name":"web","restartCount":3"""),
        Of(
            EvidenceType.Trace, "log.json",
            "{\"data\":[{\"traceID\":\"t\",\"spans\":[{\"traceID\":\"t\",\"spanID\":\"a\",\"operationName\":\"GET /\",\"duration\":12"),
        Of(
            EvidenceType.Alert, "config.json",
            """[{"labels":{"alertname":"High","severity":"page"},"annotations":{"summary":"x"},"startsAt":"2024-05-01T10:00:00Z"}]"""),
        Of(EvidenceType.DatabaseLoad, "a.json", "[{\"Plan\":{\"Node Type\":\"Index Scan\",\"Relation Name\":\"orders\",\"Plan Rows\":1}}]"),

        // Code that looks like settings, documents that look like code.
        Of(
            EvidenceType.SourceCode, "settings.py",
            "import os\n\nDEBUG = True\nTIMEOUT = 30\n\ndef database():\n    return os.environ['DB']\n"),
        Of(
            EvidenceType.SourceCode, "paste",
            "SELECT o.id, o.total FROM orders o\nJOIN customers c ON c.id = o.customer_id\nWHERE o.status = 'open'\nORDER BY o.created;"),
        Of(
            EvidenceType.Documentation, "api.txt",
            "# API guide\n\n```json\n{\"level\": \"ERROR\"}\n```\n\n## Overview\n\nSend it to the gateway."),
    ];

    private static LabelledSample Of(EvidenceType type, string fileName, string content) => new(type, fileName, content, "by hand");
}
