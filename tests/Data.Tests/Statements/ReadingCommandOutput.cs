using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Statements;
using FaultMaven.Data.Tests.Extraction;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Statements;

/// <summary>Sheets, tables and lists as tools print them, each of which shows a problem.</summary>
public class ReadingCommandOutput
{
    private const string Clock = """
                       Local time: Mon 2026-03-02 10:03:41 UTC
                   Universal time: Mon 2026-03-02 10:03:41 UTC
                         RTC time: Mon 2026-03-02 10:00:02
                        Time zone: Etc/UTC (UTC, +0000)
        System clock synchronized: no
                      NTP service: inactive
        """;

    private const string Releases = """
        REVISION\tUPDATED                 \tSTATUS         \tCHART       \tDESCRIPTION
        7       \tMon Mar  2 09:50:11 2026\tsuperseded     \tledger-1.4.0\tUpgrade complete
        8       \tMon Mar  2 09:55:40 2026\tpending-upgrade\tledger-1.5.0\tPreparing upgrade
        """;

    private const string Replica = """
        *************************** 1. row ***************************
                     Replica_IO_Running: Yes
                    Replica_SQL_Running: No
                             Last_Error: Could not execute Write_rows event on table shop.orders; Duplicate entry '41' for key 'PRIMARY'
        """;

    private const string Server = """
        nginx: [emerg] bind() to 0.0.0.0:443 failed (98: Address already in use)
        nginx: configuration file /etc/nginx/nginx.conf test failed
        """;

    private const string Members = """
        +------------------------+---------+---------+-----------+---------------+
        |        ENDPOINT        | VERSION | DB SIZE | IS LEADER |    ERRORS     |
        +------------------------+---------+---------+-----------+---------------+
        | https://192.0.2.1:2379 |  3.5.9  |  2.1 GB |      true | alarm:NOSPACE |
        | https://192.0.2.2:2379 |  3.5.9  |  2.1 GB |     false |               |
        +------------------------+---------+---------+-----------+---------------+
        """;

    private const string Sources = """
        Reference ID    : 00000000 ()
        Stratum         : 0
        Leap status     : Not synchronised
        """;

    private const string Alarms = """
        Alarms

        Memory alarm on node queue-1
        """;

    public static TheoryData<string, string, string> Outputs => new()
    {
        { "clock", Clock, "statement.diverged" },
        { "releases", Releases.Replace("\\t", "\t", StringComparison.Ordinal), "statement.behind" },
        { "replica", Replica, "statement.crashed" },
        { "server", Server, "statement.conflict" },
        { "members", Members, "statement.exhausted" },
        { "sources", Sources, "statement.diverged" },
        { "alarms", Alarms, "statement.exhausted" },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Says_what_it_shows(string name, string output, string kind)
    {
        var signals = Analysed.Signals(new StatementAnalyzer(), output, $"{name}.txt");

        Assert.Contains(kind, signals.Select(signal => signal.Kind));
    }

    [Theory]
    [InlineData("clock", Clock)]
    [InlineData("members", Members)]
    [InlineData("sources", Sources)]
    public void Is_not_a_log(string name, string output) =>
        Assert.NotEqual(EvidenceType.Logs, EvidenceClassifier.Classify($"{name}.txt", output, isBinary: false).Type);
}
