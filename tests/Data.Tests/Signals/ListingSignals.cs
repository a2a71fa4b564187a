using FaultMaven.Data.Tests.Hosting;
using Microsoft.Extensions.Logging;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Signals;

public sealed class ListingSignals(DataHost host)
{
    private static readonly string[] s_kinds = ["alert.firing", "db.load_high", "job.failed", "node.not_ready", "pod.evicted"];

    [Fact]
    public async Task Puts_the_most_severe_of_all_evidence_first()
    {
        var parent = await UploadAsync("!info log.gap\n!critical log.crash\n", "text\n!error job.failed\n");

        var signals = (await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals;

        Assert.Equal(["log.crash", "job.failed", "log.gap"], signals.Select(signal => signal.Kind));
    }

    [Fact]
    public async Task Cites_lines_that_say_so()
    {
        var parent = await UploadAsync("text\n!error log.disk_full on node-1\ntext\n");

        var signal = Assert.Single((await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals);

        var citation = Assert.Single(signal.Citations);
        var cited = await host.Client.ReadEvidenceLinesAsync(
            new() { Name = citation.Evidence, StartLine = citation.StartLine, EndLine = citation.EndLine }, cancellationToken: Cancel);
        Assert.Equal(2, cited.StartLine);
        Assert.Equal([citation.Quote], cited.Lines);
    }

    [Fact]
    public async Task Goes_page_by_page()
    {
        var parent = await UploadAsync(string.Concat(s_kinds.Select(kind => $"!error {kind}\n")));

        var first = await host.Client.ListSignalsAsync(new() { Parent = parent, PageSize = 3 }, cancellationToken: Cancel);
        var second = await host.Client.ListSignalsAsync(new() { Parent = parent, PageSize = 3, PageToken = first.NextPageToken }, cancellationToken: Cancel);

        Assert.Equal(s_kinds[..3], first.Signals.Select(signal => signal.Kind));
        Assert.Equal(s_kinds[3..], second.Signals.Select(signal => signal.Kind));
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task Gives_only_the_kinds_asked_for()
    {
        var parent = await UploadAsync("!error pod.oom_killed\n!error pods.ready\n!error log.gap\n");

        var pods = await host.Client.ListSignalsAsync(new() { Parent = parent, KindPrefix = "pod." }, cancellationToken: Cancel);

        Assert.Equal(["pod.oom_killed"], pods.Signals.Select(signal => signal.Kind));
    }

    [Fact]
    public async Task Leaves_out_the_least_severe_of_evidence_that_gives_too_many()
    {
        var parent = await UploadAsync(string.Concat(Enumerable.Repeat("!info log.gap\n", 1_500)) + "!critical log.crash\n");

        var signals = (await host.Client.ListSignalsAsync(new() { Parent = parent, PageSize = 1_000 }, cancellationToken: Cancel)).Signals;

        Assert.Equal((1_000, "log.crash"), (signals.Count, signals[0].Kind));
    }

    [Fact]
    public async Task Leaves_out_a_kind_that_is_not_registered()
    {
        var parent = await UploadAsync("!critical made.up\n!error log.gap\n");

        var signals = (await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals;

        Assert.Equal(["log.gap"], signals.Select(signal => signal.Kind));
        Assert.Contains(host.Logs.GetSnapshot(), record => record.Level == LogLevel.Error && record.Message.Contains("made.up", StringComparison.Ordinal));
    }

    private async Task<string> UploadAsync(params string[] texts)
    {
        var parent = NewCase();

        foreach (var text in texts)
        {
            await host.Client.UploadAsync(parent, "evidence.md", text, MarkedLines.Type);
        }

        return parent;
    }
}
