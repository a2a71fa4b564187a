using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Tests.Extraction;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Logs;

/// <summary>Logs whose lines begin with a time in brackets, as Elasticsearch, Kafka, Celery and Airflow write them.</summary>
public class ReadingBracketedHeaders
{
    private const string Elasticsearch = """
        [2026-03-02T10:00:00,120][INFO ][o.e.n.Node               ] [node-1] started
        [2026-03-02T10:00:01,120][ERROR][o.e.b.Bootstrap          ] [node-1] no space left on device
        [2026-03-02T10:00:02,120][WARN ][o.e.c.r.a.DiskThreshold  ] [node-1] high disk watermark [90%] exceeded
        """;

    private const string Kafka = """
        [2026-03-02 10:00:00,120] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)
        [2026-03-02 10:00:01,120] ERROR [KafkaServer id=0] no space left on device (kafka.server.LogDirFailureChannel)
        [2026-03-02 10:00:02,120] WARN [Broker id=0] stopping (kafka.server.KafkaServer)
        """;

    private const string Celery = """
        [2026-03-02 10:00:00,120: INFO/MainProcess] celery@web-1 ready.
        [2026-03-02 10:00:01,120: ERROR/ForkPoolWorker-1] no space left on device
        [2026-03-02 10:00:02,120: WARNING/ForkPoolWorker-2] task is slow
        """;

    private const string Airflow = """
        [2026-03-02T10:00:00.120+0000] {taskinstance.py:1824} INFO - Task started
        [2026-03-02T10:00:01.120+0000] {taskinstance.py:1831} ERROR - no space left on device
        [2026-03-02T10:00:02.120+0000] {standard_task_runner.py:104} WARNING - Task slow
        """;

    public static TheoryData<string, string> Logs => new()
    {
        { "elasticsearch.txt", Elasticsearch },
        { "kafka.txt", Kafka },
        { "celery.txt", Celery },
        { "airflow.txt", Airflow },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void They_are_logs(string name, string log) =>
        Assert.Equal(EvidenceType.Logs, EvidenceClassifier.Classify(name, log, isBinary: false).Type);

    [Theory]
    [MemberData(nameof(Logs))]
    public void Their_entries_have_a_time_a_level_and_a_signal(string name, string log)
    {
        var entries = LogReader.Read(new StringReader(log), DateTimeOffset.UnixEpoch).ToList();

        Assert.Equal(["Information", "Error", "Warning"], entries.Select(entry => $"{entry.Level}"));
        Assert.Equal([0, 1, 2], entries.Select(entry => entry.Time!.Value.Second));
        Assert.Contains("no space left on device", entries[1].Message, StringComparison.Ordinal);
        Assert.Contains(Analysed.Signals(new LogAnalyzer(TimeProvider.System), log, name), signal => signal.Kind == "log.disk_full");
    }

    [Theory]
    [InlineData("[1, 2, 3]", true)]
    [InlineData("[-1.5e3 , 2]", true)]
    [InlineData("[7]", true)]
    [InlineData("[2026-03-02T10:00:00,120][ERROR][x] y", false)]
    [InlineData("[12:00:01,120] ERROR y", false)]
    public void A_list_of_numbers_is_json_and_a_time_in_brackets_is_not(string text, bool isJson) =>
        Assert.Equal(isJson, StructuredDocument.IsJson(text));
}
