using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Sources;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification;

public sealed class ClassifyingEvidence
{
    private const string JavaTrace = """
        java.lang.IllegalStateException: cart is closed
            at shop.Cart.add(Cart.java:41)
            at shop.Checkout.run(Checkout.java:12)
        Caused by: java.io.IOException: broken pipe
            at shop.Wire.send(Wire.java:9)
        """;

    public static TheoryData<EvidenceType, string, string> Samples { get; } = new()
    {
        // Logs.
        { EvidenceType.Logs, "app.log", "2024-05-01T10:00:00Z ERROR payment failed" },
        { EvidenceType.Logs, "a.txt", "INFO: ready\nDEBUG: cache warm\nINFO: listening" },
        {
            EvidenceType.Logs, "a.txt",
            """
            2024-05-01 10:00:00,123 ERROR [main] shop.Cart - failed
            2024-05-01 10:00:01,123 ERROR [main] shop.Cart - failed again
            2024-05-01 10:00:02,123 ERROR [main] shop.Cart - gave up
            """
        },
        { EvidenceType.Logs, "a.txt", "May  1 10:00:00 web-1 sshd[42]: Accepted publickey\nMay  1 10:00:01 web-1 cron[7]: job done" },
        {
            EvidenceType.Logs, "a.txt",
            """
            192.0.2.7 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 12
            192.0.2.7 - - [01/May/2024:10:00:01 +0000] "GET /a HTTP/1.1" 500 12
            """
        },
        { EvidenceType.Logs, "a.txt", "I0501 10:00:00.123456 1 server.go:12] started\nE0501 10:00:01.123456 1 server.go:13] failed" },
        { EvidenceType.Logs, "a.txt", "{\"level\":\"info\",\"msg\":\"up\"}\n{\"level\":\"error\",\"msg\":\"down\"}" },
        {
            EvidenceType.Logs, "a.json",
            "{\"@t\":\"2024-05-01T10:00:00Z\",\"@m\":\"up\"}\n{\"@t\":\"2024-05-01T10:00:01Z\",\"@m\":\"down\"}"
        },
        { EvidenceType.Logs, "a.txt", "time=2024-05-01T10:00:00Z level=info msg=up\ntime=2024-05-01T10:00:01Z level=warn msg=slow" },
        {
            EvidenceType.Logs, "search.json", "{\"logs\":[{\"timestamp\":\"2024-05-01T10:00:00Z\",\"message\":\"up\",\"status\":\"info\"}]}"
        },
        {
            EvidenceType.Logs, "pod.json",
            "{\"pod_name\":\"web-0\",\"logs\":\"2024-05-01T10:00:00Z INFO up\\n2024-05-01T10:00:01Z WARN slow\\n\"}"
        },
        {
            EvidenceType.Logs, "loki.json",
            "{\"data\":{\"result\":[{\"stream\":{\"app\":\"web\"},\"values\":[[\"1714557600000000000\",\"up\"]]}]}}"
        },
        { EvidenceType.Logs, "a.csv", "time,level,message\n2024-05-01T10:00:00Z,INFO,up\n2024-05-01T10:00:01Z,WARN,slow" },
        { EvidenceType.Logs, "a.log", "[2024-05-01 10:00:00] production.ERROR: failed\n[2024-05-01 10:00:01] production.INFO: fine" },
        {
            EvidenceType.Logs, "a.log",
            "2024-05-01T10:00:00Z ERROR failed\n" + JavaTrace + "\n2024-05-01T10:00:01Z INFO up\n2024-05-01T10:00:02Z INFO up"
        },

        // Errors without a log around them.
        { EvidenceType.ErrorReport, "a.txt", JavaTrace },
        {
            EvidenceType.ErrorReport, "a.txt",
            """
            Traceback (most recent call last):
              File "app.py", line 3, in <module>
                run()
              File "app.py", line 1, in run
            ValueError: no cart
            """
        },
        {
            EvidenceType.ErrorReport, "a.txt",
            "System.InvalidOperationException: no cart\n   at Shop.Cart.Add(Item item) in /src/Cart.cs:line 41\n   at Shop.Program.Main()"
        },
        {
            EvidenceType.ErrorReport, "a.txt",
            "panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d"
        },
        {
            EvidenceType.ErrorReport, "a.txt",
            "TypeError: cart is undefined\n    at add (/src/cart.js:4:11)\n    at Object.<anonymous> (/src/app.js:9:1)"
        },
        {
            EvidenceType.ErrorReport, "a.txt",
            "Exception in thread \"main\" java.lang.OutOfMemoryError: heap\n\tat shop.Cart.grow(Cart.java:7)"
        },

        // Metrics.
        { EvidenceType.Metrics, "a.txt", "cpu_usage{host=\"a\"} 85\ncpu_usage{host=\"b\"} 12" },
        {
            EvidenceType.Metrics, "a.prom",
            "# HELP up Whether it is up.\n# TYPE up gauge\nup 1\nhttp_requests_total{code=\"200\"} 1027 1395066363000"
        },
        { EvidenceType.Metrics, "a.csv", "time,cpu,memory\n2024-05-01T10:00:00Z,12,40\n2024-05-01T10:01:00Z,14,41" },
        { EvidenceType.Metrics, "a.tsv", "timestamp\trps\n1714557600\t12\n1714557660\t14" },
        { EvidenceType.Metrics, "a.csv", "name,count\nweb,12\nmail,9" },
        {
            EvidenceType.Metrics, "a.json",
            "{\"MetricDataResults\":[{\"Id\":\"m\",\"Label\":\"CPU\",\"Timestamps\":[\"2024-05-01T10:00:00Z\"],\"Values\":[3.0]}]}"
        },
        {
            EvidenceType.Metrics, "a.json",
            "{\"metric_data_results\":[{\"metric_name\":\"CPU\",\"timestamps\":[\"2024-05-01T10:00:00Z\"],\"values\":[3.0]}]}"
        },
        {
            EvidenceType.Metrics, "a.json",
            "{\"Label\":\"CPU\",\"Datapoints\":[{\"Timestamp\":\"2024-05-01T10:00:00Z\",\"Average\":3.0,\"Unit\":\"Percent\"}]}"
        },
        {
            EvidenceType.Metrics, "a.json",
            "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"__name__\":\"up\"},\"values\":[[1714557600,\"1\"]]}]}}"
        },
        {
            EvidenceType.Metrics, "a.json",
            """{"results":{"A":{"frames":[{"schema":{"fields":[{"name":"time","type":"time"},"""
                + """{"name":"v","type":"number"}]},"data":{"values":[[1714557600000],[3]]}}]}}}"""
        },
        { EvidenceType.Metrics, "a.json", "{\"series\":[{\"metric\":\"system.cpu\",\"pointlist\":[[1714557600000,3.0]]}]}" },

        // Settings.
        { EvidenceType.Config, "a.txt", "database.host=localhost\ndatabase.port=5432\nlogging.level=DEBUG" },
        { EvidenceType.Config, "a.ini", "[server]\nport = 8080\n[client]\nretries = 3" },
        { EvidenceType.Config, ".env", "DB_HOST=db\nDB_PORT=5432\nLOG_LEVEL=debug" },
        { EvidenceType.Config, "values.yaml", "image:\n  tag: \"1.2\"\nreplicas: 3\nresources:\n  limits:\n    memory: 1Gi" },
        { EvidenceType.Config, "a.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3" },
        { EvidenceType.Config, "appsettings.json", "{\"ConnectionStrings\":{\"db\":\"Host=db\"},\"Timeout\":30}" },
        { EvidenceType.Config, "a.toml", "[pool]\nsize = 4\n[pool.timeouts]\nread = \"3s\"" },
        { EvidenceType.Config, "change.diff", "--- a/app.yaml\n+++ b/app.yaml\n@@ -1,2 +1,2 @@\n-pool: 40\n+pool: 4" },

        // State of a cluster.
        {
            EvidenceType.ClusterState, "a.json",
            """{"kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0"},"status":{"phase":"Running"}}]}"""
        },
        {
            EvidenceType.ClusterState, "a.json",
            "{\"pods\":[{\"name\":\"web-0\",\"phase\":\"Running\",\"containers\":[{\"name\":\"web\",\"restart_count\":3}]}]}"
        },
        { EvidenceType.ClusterState, "a.json", "{\"nodes\":[{\"name\":\"n1\",\"ready\":\"True\",\"memory_pressure\":\"False\"}]}" },
        { EvidenceType.ClusterState, "a.json", "{\"deployments\":[{\"name\":\"web\",\"desired\":3,\"ready\":3,\"available\":3}]}" },
        { EvidenceType.ClusterState, "a.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-0\nstatus:\n  phase: Running" },

        // Events.
        { EvidenceType.Events, "a.json", "{\"warning_events\":[]}" },
        {
            EvidenceType.Events, "a.json",
            """{"items":[{"kind":"Event","reason":"BackOff","message":"Back-off","involvedObject":{"kind":"Pod","name":"web-0"}}]}"""
        },
        {
            EvidenceType.Events, "a.json",
            "{\"events\":[{\"date\":\"2024-05-01T10:00:00Z\",\"message\":\"Backup finished\",\"source_identifier\":\"db\"}]}"
        },
        {
            EvidenceType.Events, "a.json",
            "{\"deploys\":[{\"service\":\"web\",\"version\":\"1.2\",\"deployed_at\":\"2024-05-01T10:00:00Z\"}]}"
        },

        // Load of a database.
        {
            EvidenceType.DatabaseLoad, "a.json",
            """{"db_load":{"timestamps":["2024-05-01T10:00:00Z"],"values":[1.0]},"top_sql":[{"statement":"SELECT 1","db_load_avg":1}]}"""
        },
        {
            EvidenceType.DatabaseLoad, "a.txt",
            "                QUERY PLAN\n-----------------------------\n Seq Scan on cart  (cost=0.00..35.50 rows=2550 width=4)"
        },
        { EvidenceType.DatabaseLoad, "a.csv", "query,calls,total_time\nSELECT 1,12,3.4\nUPDATE t,3,99.1" },

        // Alerts.
        {
            EvidenceType.Alert, "a.json",
            """{"status":"firing","alerts":[{"status":"firing","labels":{"alertname":"High"},"annotations":{"summary":"x"}}]}"""
        },
        { EvidenceType.Alert, "a.json", "{\"AlarmName\":\"cpu\",\"NewStateValue\":\"ALARM\",\"NewStateReason\":\"Threshold crossed\"}" },
        { EvidenceType.Alert, "a.json", "{\"monitors\":[{\"name\":\"web\",\"overall_state\":\"OK\"}]}" },
        {
            EvidenceType.Alert, "a.json",
            "{\"title\":\"High load\",\"state\":\"alerting\",\"labels\":{\"service\":\"web\"},\"annotations\":{\"summary\":\"x\"}}"
        },

        // Traces.
        {
            EvidenceType.Trace, "a.json",
            "{\"data\":[{\"traceID\":\"t\",\"spans\":[{\"traceID\":\"t\",\"spanID\":\"a\",\"operationName\":\"GET /\",\"duration\":12}]}]}"
        },
        {
            EvidenceType.Trace, "a.json",
            """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t","spanId":"a","name":"GET /","startTimeUnixNano":"1"}]}]}]}"""
        },
        {
            EvidenceType.Trace, "a.har",
            "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"request\":{\"url\":\"https://example.test/\"},\"response\":{\"status\":200}}]}}"
        },

        // Profiles.
        {
            EvidenceType.Profile, "a.txt",
            """
               ncalls  tottime  percall  cumtime  percall filename:lineno(function)
                 12    0.500    0.041    0.900    0.075 cart.py:3(add)
            """
        },
        { EvidenceType.Profile, "a.folded", "main;run;parse 42\nmain;run;send 7\nmain;idle 3" },
        {
            EvidenceType.Profile, "a.txt",
            """
            Showing nodes accounting for 10s, 90% of 11s total
                  flat  flat%   sum%        cum   cum%
                    5s 45.00% 45.00%         6s 54.00%  main.run
            """
        },

        // Output of commands.
        {
            EvidenceType.CommandOutput, "a.txt",
            "top - 10:00:00 up 10 days,  1 user,  load average: 0.10, 0.20, 0.30\n%Cpu(s):  1.0 us,  1.0 sy,  0.0 ni, 98.0 id"
        },
        {
            EvidenceType.CommandOutput, "a.txt", "Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        50G   20G   30G  40% /"
        },
        { EvidenceType.CommandOutput, "a.txt", "NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Running   0          5d" },
        {
            EvidenceType.CommandOutput, "a.txt",
            """
                          total        used        free      shared  buff/cache   available
            Mem:           15Gi        10Gi       1.0Gi       200Mi       4.0Gi       5.0Gi
            """
        },
        {
            EvidenceType.CommandOutput, "a.txt",
            """
            CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES
            0a1b2c3d4e5f   web:1     "run"     2d        Up 2d               web
            """
        },

        // Source, documents, prose, and what cannot be read.
        {
            EvidenceType.SourceCode, "cart.py",
            "import os\n\ndef add(item):\n    if (item):\n        return item\n    return None\nclass Cart:\n    pass"
        },
        {
            EvidenceType.SourceCode, "Cart.cs",
            "using System;\nnamespace Shop;\npublic class Cart\n{\n    public void Add(int item) { items.Add(item); }\n}"
        },
        {
            EvidenceType.Documentation, "guide.md",
            "# Troubleshooting guide\n\nWhat to do when the shop is slow.\n\n## Overview\n\nLook at the queue first."
        },
        {
            EvidenceType.Documentation, "a.txt",
            "This runbook tells how to restart the mail queue when it hangs.\nStop the workers, then start them again."
        },
        {
            EvidenceType.Text, "a.txt",
            "The customers told us that the shop was slow this morning.\nNobody knows since when it has been so."
        },
        { EvidenceType.Unanalyzable, "a.log", "" },
        { EvidenceType.Unanalyzable, "a.log", " \n\t\n" },
        { EvidenceType.Image, "a.txt", "data:image/png;base64,iVBORw0KGgo=" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Goes_by_what_the_content_looks_like(EvidenceType type, string fileName, string content)
    {
        var classified = EvidenceClassifier.Classify(fileName, content, isBinary: false);

        Assert.True(type == classified.Type, $"{classified.Type} {classified.Confidence}: {string.Join(" ", classified.Reasons)}");
        Assert.InRange(classified.Confidence, 0.4, 1);
        Assert.NotEmpty(classified.Reasons);
        Assert.InRange(classified.Alternatives.Count, 0, 3);
        Assert.All(classified.Alternatives, other => Assert.InRange(other.Confidence, 0, classified.Confidence));
    }

    [Fact]
    public void Knows_every_type()
    {
        var known = Samples.Select(sample => sample.Data.Item1).ToHashSet();

        // What an archive is, its first bytes say.
        Assert.Equal(
            Enum.GetValues<EvidenceType>().Where(type => type is not (EvidenceType.Unspecified or EvidenceType.Archive)), known.Order());
    }

    [Fact]
    public void A_long_log_is_as_surely_one_as_a_short_one()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => $"2024-05-01T10:{i / 60 % 60:00}:{i % 60:00}Z INFO request {i} served");

        var classified = EvidenceClassifier.Classify("a.log", string.Join('\n', lines), isBinary: false);

        Assert.Equal(EvidenceType.Logs, classified.Type);
        Assert.InRange(classified.Confidence, 0.95, 1);
    }

    [Theory]
    [InlineData("shot.png", EvidenceType.Image)]
    [InlineData("core.dump", EvidenceType.Unanalyzable)]
    public void What_is_binary_is_kept_for_reference(string fileName, EvidenceType type) =>
        Assert.Equal(type, EvidenceClassifier.Classify(fileName, "\0\u0001", isBinary: true).Type);

    [Fact]
    public void What_the_caller_says_is_certain()
    {
        var classified = ClassifiedEvidence.AsGiven(EvidenceType.Trace);

        Assert.Equal((EvidenceType.Trace, 1d), (classified.Type, classified.Confidence));
        Assert.NotEmpty(classified.Reasons);
    }

    public static TheoryData<string, string> Extremes { get; } = new()
    {
        { "nothing", "" }, { "blanks", " \t\r\n\f\v " }, { "NULs", new string('\0', 300) },
        { "controls", string.Concat(Enumerable.Range(1, 31).Select(code => (char)code)) },
        { "a letter", "x" }, { "a number", "42" }, { "a brace", "{" }, { "a line without end", new string('x', 5_000_000) },
        { "blanks without end", new string(' ', 5_000_000) },
        { "a line that begins far out", new string(' ', 2_000) + "x" }, { "line ends", new string('\n', 1_000_000) },
        { "braces without end", new string('[', 1_000_000) }, { "half a pair", "\ud83d" }, { "right to left", "\u202e\u05d0\u05d1" },
        { "a log of 20 MB", string.Concat(Enumerable.Repeat("2024-05-01T10:00:00Z INFO up\n", 700_000)) },
    };

    [Theory]
    [MemberData(nameof(Extremes), DisableDiscoveryEnumeration = true)]
    public void Whatever_it_is_it_has_a_type_and_a_reason(string what, string content)
    {
        foreach (var isBinary in (bool[])[false, true])
        {
            var classified = EvidenceClassifier.Classify(what, content, isBinary);

            Assert.NotEqual(EvidenceType.Unspecified, classified.Type);
            Assert.InRange(classified.Confidence, 0.1, 1);
            Assert.NotEmpty(classified.Reasons);
        }
    }

    [Theory]
    [InlineData("```json\n{\"a\":\n 1}\n```\n", "\n{\"a\":\n 1}\n\n")]
    [InlineData("> a: 1\n>\n> b: 2\n", "a: 1\n\nb: 2\n")]
    [InlineData("This is what it said:\n\n{\"a\": 1}", "\n\n{\"a\": 1}")]
    [InlineData("```\na\n```\nand then\n```\nb\n```\n", "```\na\n```\nand then\n```\nb\n```\n")]
    [InlineData("> a\nb\n", "> a\nb\n")]
    [InlineData("spec:\n\n  a: 1\n", "spec:\n\n  a: 1\n")]
    public void What_was_put_around_a_paste_comes_off_and_lines_stay_where_they_were(string pasted, string text)
    {
        Assert.Equal(text, PastedText.Unwrap(pasted));
        Assert.Equal(pasted.Count(letter => letter == '\n'), text.Count(letter => letter == '\n'));
    }

    [Fact]
    public void What_says_nothing_is_asked_about() =>
        Assert.True(EvidenceClassifier.Classify("x", "lorem ipsum", isBinary: false).Confidence < 0.6);
}
