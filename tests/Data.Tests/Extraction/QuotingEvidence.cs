using FaultMaven.Data.Analysis.Documents;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class QuotingEvidence
{
    [Theory]
    [InlineData("UPDATE entries SET state = $1", "The statement \"UPDATE entries SET state = $1\" causes")]
    [InlineData("SELECT \\\"id\\\" FROM \\\"entries\\\"", "The statement SELECT \"id\" FROM \"entries\" causes")]
    public void A_statement_is_in_quotation_marks_once(string statement, string expected)
    {
        var signals = Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), $$"""
            {"instance": "ledger", "vcpus": 4,
             "top_sql": [{"statement": "{{statement}}", "db_load_avg": 6.1}, {"statement": "SELECT 1", "db_load_avg": 0.4}]}
            """);

        var dominant = Assert.Single(signals, signal => signal.Kind == "db.statement_dominant");
        Assert.StartsWith(expected, dominant.Summary, StringComparison.Ordinal);
    }
}
