using FaultMaven.Knowledge.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Knowledge.Tests.Search;

public sealed class SearchingDocuments : IAsyncLifetime
{
    private KnowledgeHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await KnowledgeHost.StartAsync();
        await _host.ImportAsync(
            ("pods/loop.md", """
                # WorkloadCrashLooping

                A container of the workload exits and is started again.

                ## Diagnosis

                Read the log of the previous container:

                ```shell
                # not a heading
                kubectl logs --previous
                ```

                ## Mitigation

                Raise the memory limit when the exit code is 137.
                """),
            ("disks/full.md", "# Volume is filling up\n\nThe volume has little space left. Remove old snapshots, then grow it.\n"),
            ("certs/expiry.md", "# Certificate expires soon\n\nRenew the serving certificate with the issuer before it expires.\n"),
            ("notes.txt", "The café on the ground floor opens at eight.\n\n数据库连接池耗尽时重启网关。\n"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("workload is crash looping", "pods/loop.md")]
    [InlineData("WorkloadCrashLooping", "pods/loop.md")]
    [InlineData("workload_crash-looping", "pods/loop.md")]
    [InlineData("workload crashlooping", "pods/loop.md")]
    [InlineData("volumes fill up", "disks/full.md")]
    [InlineData("expiring certificates", "certs/expiry.md")]
    [InlineData("café", "notes.txt")]
    [InlineData("连接池耗尽", "notes.txt")]
    public async Task Finds_a_document_however_its_words_are_written(string query, string path)
    {
        var found = await _host.SearchAsync(query);

        Assert.Equal(path, found.Hits[0].Path);
        Assert.True(found.Answered);
    }

    [Fact]
    public async Task Cites_the_lines_that_hold_the_words()
    {
        var hit = (await _host.SearchAsync("memory limit exit code 137")).Hits[0];
        var document = await _host.Client.GetDocumentAsync(new() { Name = hit.Document }, cancellationToken: Cancel);

        var cited = document.Text.Split('\n')[((int)hit.StartLine - 1)..(int)hit.EndLine];

        Assert.Equal(["WorkloadCrashLooping", "Mitigation"], hit.Headings);
        Assert.Equal(hit.Text, string.Join('\n', cited));
        Assert.Contains("exit code is 137", hit.Text);
    }

    [Fact]
    public async Task Answers_over_json_too()
    {
        var (status, body) = await _host.GetAsync("/v1/documents:search?query=volume%20is%20filling%20up");

        Assert.Equal(200, status);
        Assert.Contains("\"path\":\"disks/full.md\"", body);
    }

    [Fact]
    public async Task Puts_the_best_first_with_scores_that_fall()
    {
        var hits = (await _host.SearchAsync("the volume or the container has no memory or space left")).Hits;

        Assert.True(hits.Count >= 2);
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
        Assert.Equal(hits.Count, hits.Select(hit => hit.Document).Distinct().Count());
    }

    [Theory]
    [InlineData("how do I bake sourdough bread")]
    [InlineData("replication lag between primary and standby database")]
    [InlineData("the container registry refuses to authenticate robots at midnight")]
    public async Task Says_so_when_nothing_answers(string query)
    {
        Assert.False((await _host.SearchAsync(query)).Answered);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("volume\" OR \"x")]
    [InlineData("*")]
    [InlineData("NEAR(volume, 3)")]
    [InlineData("title : volume AND NOT body : space")]
    [InlineData("^volume + \"filling up\" -x {a b}: c")]
    [InlineData("'; DROP TABLE documents; --")]
    [InlineData("%_\\ volume \u0000\u0001")]
    [InlineData("🔥 vol\u0301ume \ud7ff ﬁlling <<<<SECRET_>")]
    [InlineData("the of and")]
    public async Task Takes_any_query_as_words(string query)
    {
        await _host.SearchAsync(query);

        Assert.Equal("disks/full.md", (await _host.SearchAsync("volume is filling up")).Hits[0].Path);
    }

    [Theory]
    [InlineData("volume ")]
    [InlineData("\" OR ")]
    [InlineData("a1b2 ")]
    [InlineData("(((")]
    public async Task Takes_the_longest_query(string piece)
    {
        var query = string.Concat(Enumerable.Repeat(piece, 4_000))[..4_000];

        await _host.SearchAsync(query);
    }

    [Fact]
    public async Task Takes_a_query_of_very_many_words()
    {
        var words = string.Join(' ', Enumerable.Range(0, 700).Select(i => $"w{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}q"));

        var found = await _host.SearchAsync(words[..3_000] + " volume is filling up");

        Assert.False(found.Answered);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_001)]
    public async Task Refuses_a_query_over_the_limits(int length)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(() => _host.SearchAsync(new string('x', length)));

        Assert.Equal(ErrorReason.InvalidField, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Fails_while_redaction_is_down()
    {
        _host.Redaction.IsDown = true;

        var fault = await Assert.ThrowsAsync<RpcException>(() => _host.SearchAsync("volume"));

        Assert.Equal(ErrorReason.RedactionUnavailable, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Finds_a_redacted_value_by_its_placeholder()
    {
        await _host.ImportAsync(("a.md", "# Owner\n\nAsk hush-alice about it."), ("b.md", "# Owner\n\nAsk hush-bob about it."));

        Assert.Equal("b.md", (await _host.SearchAsync("hush-bob")).Hits[0].Path);
    }

    [Fact]
    public async Task Returns_a_bounded_text_for_an_endless_line()
    {
        await _host.ImportAsync(("long.txt", "persimmon " + new string('x', 100_000)));

        var hit = Assert.Single((await _host.SearchAsync("persimmon")).Hits);

        Assert.Equal(4_000, hit.Text.Length);
    }
}
