using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Logs.Signals;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingEmbeddedLogs
{
    private const string Search = """
        {"logs": [
          {"timestamp": "2024-05-01T10:00:02Z", "status": "error", "service": "web",
           "message": "connection refused by db:5432"},
          {"timestamp": "2024-05-01T10:00:01Z", "status": "info", "service": "web", "message": "up"}
        ]}
        """;

    [Fact]
    public void The_entries_of_a_log_search_cite_their_own_lines()
    {
        var signal = Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), Search)
            .First(signal => signal.Kind == "log.connection_refused");

        var citation = Assert.Single(signal.Citations);
        Assert.Equal((2, 3), (citation.StartLine, citation.EndLine));
    }

    [Fact]
    public void A_log_in_one_string_is_cited_by_the_line_of_that_string()
    {
        var signals = Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), """
            {"pod_name": "web-0",
             "logs": "2024-05-01T10:00:01Z INFO up\n2024-05-01T10:00:02Z ERROR no space left on device\n"}
            """);

        Assert.Contains(signals, signal => signal.Kind == "log.disk_full");
        Assert.All(
            signals.SelectMany(signal => signal.Citations), citation => Assert.Equal((2, 2), (citation.StartLine, citation.EndLine)));
    }

    [Fact]
    public void What_controllers_log_means_what_their_events_mean()
    {
        var signals = Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), """
            {"logs": [{"timestamp": "2024-05-01T10:00:02Z", "status": "info", "service": "controller",
             "message": "Deployment web was rolled back to revision 3"}]}
            """);

        Assert.Contains(signals, signal => signal.Kind == "deployment.rolled_back");
    }

    [Fact]
    public void The_lines_of_a_document_are_not_read_as_a_log() =>
        Assert.Empty(Analysed.Signals(new LogAnalyzer(TimeProvider.System), Search));

    [Fact]
    public void An_entry_of_loki_that_is_an_object_is_taken_apart_and_quoted_by_itself()
    {
        var signal = Analysed.Signals(new DocumentAnalyzer(TimeProvider.System),
            """
            {"data":{"result":[{"stream":{"app":"web"},"values":[["1714557600000000000","{\"level\":\"info\",\"msg\":\"up\"}"],
             ["1714557601000000000","{\"level\":\"error\",\"logger\":\"cart\",\"msg\":\"no space left on device\"}"]]}]}}
            """).First(signal => signal.Kind == "log.disk_full");

        Assert.Equal("service/web", signal.Subject);
        Assert.Equal("no space left on device", signal.Citations[0].Quote);
    }
}
