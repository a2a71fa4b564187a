using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Analysis.Documents.Plans;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingTables
{
    [Fact]
    public void Keeps_quotes_and_line_breaks_inside_quoted_fields()
    {
        var signal = Assert.Single(Analysed.Signals(
            new PlanAnalyzer(),
            """
            query,calls,total_time
            "SELECT 1",5,100
            "SELECT ""id"", name
            FROM orders",10,900
            """));

        Assert.StartsWith("SELECT \"id\", name", signal.Attributes["statement"], StringComparison.Ordinal);
        Assert.Equal((3, 4), (signal.Citations[0].StartLine, signal.Citations[0].EndLine));
    }

    [Fact]
    public void Reads_the_rest_of_a_table_after_a_quote_that_does_not_close()
    {
        var rows = Csv.Rows(new SourceText("time,disk,used\n12:00,5\" disk,10\n12:01,ssd,20\n\n# rotated\n12:02,ssd,30"), ',').ToList();

        Assert.Equal(["time", "12:00", "12:01", "12:02"], rows.Select(row => row.Fields[0]));
        Assert.Equal([1, 2, 3, 6], rows.Select(row => row.At.First));
        Assert.All(rows, row => Assert.Equal(3, row.Fields.Count));
    }

    [Fact]
    public void Counts_lines_as_citations_do_whatever_ends_them()
    {
        var rows = Csv.Rows(new SourceText("a,b\r\n1,\"x\r\ny\"\r\n2,p\rq\r\n3,z"), ',').ToList();

        Assert.Equal([(1, 1), (2, 3), (4, 4), (5, 5)], rows.Select(row => (row.At.First, row.At.Last)));
    }

    [Fact]
    public void Cites_the_rows_of_a_metric_behind_rows_of_several_lines()
    {
        var signals = Analysed.Signals(
            new MetricTextAnalyzer(),
            """"
            time,note,cpu_percent
            2026-03-01T10:00:00Z,"deploy
            of ""web""",20
            2026-03-01T10:01:00Z,,21
            2026-03-01T10:02:00Z,,22
            2026-03-01T10:03:00Z,,99
            """");

        Assert.Contains(signals.SelectMany(signal => signal.Citations),
            citation => (citation.EndLine, citation.Quote) == (6, "2026-03-01T10:03:00Z,,99"));
    }
}
