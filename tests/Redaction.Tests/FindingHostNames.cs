using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Tests;

public sealed class FindingHostNames
{
    private static readonly RecognitionEngine s_asked = new([.. RecognizerCatalogue.All(), .. RecognizerCatalogue.Optional()]);

    [Theory]
    [InlineData("dial tcp: lookup db-3.shop.internal: no such host", "db-3.shop.internal")]
    [InlineData("upstream http://payments.shop.svc.cluster.local:8080/charge timed out", "payments.shop.svc.cluster.local")]
    [InlineData("GET https://api.shop.example.com/v1", "api.shop.example.com")]
    [InlineData("Could not reach mail.example.org.", "mail.example.org")]
    [InlineData("{\"host\": \"web-17\",\"level\":\"warn\"}", "web-17")]
    [InlineData("connected host=web-17 port=80", "web-17")]
    public void Takes_a_host_where_a_policy_asks_for_them(string line, string host)
    {
        var findings = new FindingList();
        s_asked.Find(line, findings);

        var finding = Assert.Single(Enumerable.Range(0, findings.Count).Select(i => findings[i]));
        Assert.Equal((FindingTypes.HostName, host), (finding.Type, line[finding.Start..finding.End]));
    }

    [Theory]
    [InlineData("at java.net.SocketInputStream.read; System.Net.Http; java.io; asp.net")]
    [InlineData("host=localhost host=10 hostname: true handler.go app.config main.py")]
    public void Leaves_packages_files_and_words(string line)
    {
        var findings = new FindingList();
        s_asked.Find(line, findings);

        Assert.Equal(0, findings.Count);
    }

    [Fact]
    public void Leaves_hosts_where_none_asks() => Assert.Empty(Redacted.Findings("lookup db-3.shop.internal, host=web-17"));
}
