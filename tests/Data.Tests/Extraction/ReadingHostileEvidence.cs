using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Analysis.Documents.Commands;
using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Analysis.Documents.Plans;
using FaultMaven.Data.Analysis.Documents.Profiles;
using FaultMaven.Data.Analysis.Documents.Prose;
using FaultMaven.Data.Analysis.Documents.SourceCode;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;
using FaultMaven.Protos.Data.V1;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingHostileEvidence
{
    private static readonly IEvidenceAnalyzer[] s_analyzers =
    [
        new DocumentAnalyzer(TimeProvider.System), new MetricTextAnalyzer(), new CommandOutputAnalyzer(), new ConfigAnalyzer(),
        new ProfileAnalyzer(), new PlanAnalyzer(), new SourceCodeAnalyzer(), new ProseAnalyzer(),
    ];

    private static readonly string[] s_words =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\n", "  ", "-", "\\", "\\u12", "\0", "\u2028", "é", "null", "NaN", "true", "-1", "1e400", "0",
        "99", "1714557600", "2024-05-01T10:00:00Z",
        "\"kind\": \"Pod\"", "\"metadata\": {\"name\": \"p\"}", "\"status\":", "\"containers\": [", "\"state\": {\"waiting\": true}",
        "\"restart_count\": 3", "\"phase\": \"Running\"",
        "\"reason\": \"BackOff\"", "\"message\": \"x\"", "\"count\": 2", "\"events\": [", "\"involved_object\": \"Pod/p\"",
        "\"timestamps\": [", "\"values\": [", "\"label\": \"cpu\"", "\"top_sql\": [{",
        "\"db_load_avg\": 3", "\"db_load\": {", "\"title\": \"t\"", "\"overall_state\": \"Alert\"", "\"traceId\": \"t\"",
        "\"spanId\": \"s\"", "\"name\": \"n\"", "\"duration\": 9", "\"logs\": \"a\\nb\"",
        "name,value\n", "1,2\n", "cpu{a=\"b\"} 3\n", "--- a\n+++ b\n@@ -1 +1 @@\n", "-key: 1\n", "+key: 2\n",
        "NAME   READY   STATUS   RESTARTS\n", "x  0/1  Error  3\n", "Filesystem  Use%\n", "/dev/a  99%  /\n",
        "key: value\n", "- item\n", "&a *a", "<IP_ADDRESS_1>", "| ", "> ", "%",
        "main;run;parse 42\n", "flat flat% sum% cum cum%\n", "5s 45.00% 45.00% 6s 54.00% main.run\n", "\"shared\": {\"frames\": [",
        "\"profiles\": [", "\"samples\": [[0, 9]]", "\"events\": [{\"type\": \"C\", \"frame\": -1, \"at\": 3}]",
        "\"nodes\": [{\"id\": 1", "\"Plan\": {", "\"Node Type\": \"Seq Scan\"", "\"Plan Rows\": -5", "\"Actual Loops\": 1e300",
        "\"Plans\": [", "\"query_block\": {", "\"table_name\": \"t\"", "\"rows_examined_per_scan\": 9",
        " Seq Scan on t  (cost=0.00..35.50 rows=2550 width=4) (actual time=0.01..91.20 rows=9 loops=0)\n", "   Filter: (a = 1)\n",
        "Batches: 16  Memory Usage: 3200kB\n", "# Query_time: 12.5\n", "query,calls,total_time\n",
        "tcp  LISTEN 9 8 a:1 b:2\n", "tcp 0 0 a:1 b:2 CLOSE_WAIT\n", "Name:  x\nNamespace:  y\n", "Containers:\n", "  web:\n",
        "    State:  Waiting\n", "      Reason:  OOMKilled\n", "Conditions:\n", "Events:\n",
        "  Warning  BackOff  2m (x8 over 20m)  kubelet  z\n",
        "Replicas:  3 desired | 1 available\n", " r  b   swpd   free si so us sy id wa st\n",
        "avg-cpu:  %user   %nice %system %iowait  %steal   %idle\n", "Swap: 0B 0B 0B\n", "def f():\n", "except:\n  pass\n", "# TODO: x\n",
        "class A\n", "# T\n", "T\n===\n", "```\n", "1. x\n",
        "<a b=\"c\">", "</a>", "<!DOCTYPE x [<!ENTITY e \"&e;&e;\">]>", "[section]\n", "a = 1\n",
    ];

    [Fact]
    public void No_text_makes_an_analyser_fail_or_cite_lines_that_are_not_there() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(
                Gen.Elements(s_words).ListOf().Select(words => string.Concat(words)).ToArbitrary(),
                text => Assert.All(s_analyzers, analyzer => Cites(analyzer, text))));

    [Fact]
    public void A_line_may_begin_with_more_blanks_than_are_looked_at() =>
        Assert.All(s_analyzers, analyzer => Cites(analyzer, $"Title\n=====\n{new string(' ', 5_000)}x\n====\n"));

    [Fact]
    public void No_two_texts_make_a_comparison_fail() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(Texts(), Texts(), (before, after) =>
            {
                var source = Analysed.Source(after) with { Previous = Analysed.Source(before) };
                Assert.All(
                    new ConfigAnalyzer().Analyze(source, CancellationToken.None).Signals, signal => Assert.NotEmpty(signal.Citations));
            }));

    [Fact]
    public void Every_evidence_may_be_cut_off_anywhere()
    {
        foreach (var file in Directory.EnumerateFiles(EveryRowOfTheExtractorTable.Root(), "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is not (".png" or ".bin")))
        {
            var text = File.ReadAllText(file);

            for (var length = 0; length < text.Length; length += 1 + (text.Length / 11))
            {
                Assert.All(s_analyzers, analyzer => Cites(analyzer, text[..length]));
            }
        }
    }

    [Fact]
    public void No_text_makes_the_classifier_fail() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(Gen.Elements(s_words).ListOf().Select(words => string.Concat(words)).ToArbitrary(), text =>
            {
                var classified = EvidenceClassifier.Classify("a.json", text, isBinary: false);
                Assert.NotEmpty(classified.Reasons);
                Assert.Equal(classified.Type, EvidenceClassifier.Classify("a.json", text, isBinary: false).Type);
            }));

    [Fact]
    public void Every_beginning_of_a_document_can_be_read()
    {
        const string Document = """
            {"pods": [{"name": "web-0", "phase": "Running", "containers": [
              {"name": "web", "ready": false, "restart_count": 9, "state": {"waiting": {"reason": "CrashLoopBackOff",
               "message": "back-off \u0041"}}}]}],
             "events": [{"date": "2024-05-01T10:00:00Z", "message": "Failover started", "source_identifier": "db"}]}
            """;

        for (var length = 0; length <= Document.Length; length++)
        {
            Cites(new DocumentAnalyzer(TimeProvider.System), Document[..length]);
        }
    }

    [Fact]
    public void A_document_that_is_cut_off_tells_what_was_read()
    {
        const string Cut =
            """{"pods": [{"name": "web-0", "phase": "Failed", "reason": "Evicted", "message": "low on memory"}, {"name": "web-1", "pha""";

        Assert.Equal("pod.evicted", Assert.Single(Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), Cut)).Kind);
    }

    [Fact]
    public void A_value_that_was_redacted_without_quotes_costs_nothing_else()
    {
        var root = JsonDocumentReader.Read(new SourceText("""{"address": <IP_ADDRESS_1>, "port": 80}"""))!;

        Assert.Equal(("<IP_ADDRESS_1>", 80d), (root.TextOf("address"), root.NumberOf("port")));
    }

    [Theory]
    [InlineData(@"cut \ud83d", "cut \ufffd")]
    [InlineData(@"\ude00\ud83d", "\ufffd\ufffd")]
    [InlineData(@"\ud83d\ude00", "\ud83d\ude00")]
    public void Half_of_a_pair_is_not_text(string written, string read) =>
        Assert.Equal(read, JsonDocumentReader.Read(new SourceText($$"""{"title": "{{written}}"}"""))!.TextOf("title"));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Depth_is_cut_off(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));

        Assert.Empty(Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), text));
    }

    [Fact]
    public void Aliases_of_yaml_do_not_multiply()
    {
        var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{(char)('b' + (i % 20))}{i}: &n{i} [*a, *a, *a, *a, *a, *a, *a, *a]\n"));

        Assert.NotNull(YamlDocumentReader.Read(new SourceText(text)));
    }

    private static Arbitrary<string> Texts() => Gen.Elements(s_words).ListOf().Select(words => string.Concat(words)).ToArbitrary();

    private static void Cites(IEvidenceAnalyzer analyzer, string text)
    {
        var lines = text.Split('\n').Length;
        foreach (var signal in Analysed.Signals(analyzer, text))
        {
            Assert.NotEmpty(signal.Kind);
            Assert.NotEmpty(signal.Summary);
            Assert.NotEqual(Severity.Unspecified, signal.Severity);
            Assert.NotEqual(SignalState.Unspecified, signal.State);
            Assert.NotEmpty(signal.Citations);
            Assert.All(
                signal.Citations,
                citation => Assert.True(citation.StartLine >= 1 && citation.StartLine <= citation.EndLine && citation.EndLine <= lines));
        }
    }
}
