using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
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
        var second = await host.Client.ListSignalsAsync(
            new() { Parent = parent, PageSize = 3, PageToken = first.NextPageToken }, cancellationToken: Cancel);

        Assert.Equal(s_kinds[..3], first.Signals.Select(signal => signal.Kind));
        Assert.Equal(s_kinds[3..], second.Signals.Select(signal => signal.Kind));
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task Gives_only_the_kinds_asked_for()
    {
        var parent = await UploadAsync("!error pod.oom_killed\n!error pods.ready\n!error log.gap\n");

        var pods = await host.Client.ListSignalsAsync(new() { Parent = parent, Filter = "kind = \"pod.*\"" }, cancellationToken: Cancel);

        Assert.Equal(["pod.oom_killed"], pods.Signals.Select(signal => signal.Kind));
    }

    [Fact]
    public async Task Continues_after_the_last_signal_when_others_come_in_between()
    {
        var parent = await UploadAsync(string.Concat(s_kinds.Select(kind => $"!error {kind}\n")));
        var first = await host.Client.ListSignalsAsync(new() { Parent = parent, PageSize = 3 }, cancellationToken: Cancel);
        await host.Client.UploadAsync(parent, "later.md", "!critical log.crash\n!info log.gap\n", MarkedLines.Type);

        var second = await host.Client.ListSignalsAsync(
            new() { Parent = parent, PageSize = 3, PageToken = first.NextPageToken }, cancellationToken: Cancel);

        Assert.Equal([.. s_kinds[3..], "log.gap"], second.Signals.Select(signal => signal.Kind));
    }

    [Fact]
    public async Task Gives_every_page_of_many_and_each_signal_once()
    {
        var parent = await UploadAsync(string.Concat(Enumerable.Range(0, 950).Select(i => $"!error job.failed {i}\n")));
        var names = new List<string>();
        var request = new ListSignalsRequest { Parent = parent, PageSize = 130 };

        do
        {
            var page = await host.Client.ListSignalsAsync(request, cancellationToken: Cancel);
            names.AddRange(page.Signals.Select(signal => signal.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal((950, 950), (names.Count, names.Distinct().Count()));
    }

    [Fact]
    public async Task Gives_each_a_name_that_it_can_be_got_by()
    {
        var parent = await UploadAsync("!error job.failed\n!error log.gap\n");
        var listed = (await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals;

        Assert.Equal(listed[1], await host.Client.GetSignalAsync(new() { Name = listed[1].Name }, cancellationToken: Cancel));
        await FailsAsync(
            StatusCode.NotFound,
            ErrorReason.SignalNotFound,
            () =>
                host.Client.GetSignalAsync(
                    new() { Name = $"{parent}/evidence/none/signals/none" }, cancellationToken: Cancel).ResponseAsync);
    }

    [Fact]
    public async Task Refuses_a_filter_that_it_cannot_read()
    {
        var parent = await UploadAsync("!error job.failed\n");

        await FailsAsync(
            StatusCode.InvalidArgument,
            ErrorReason.InvalidFilter,
            () =>
                host.Client.ListSignalsAsync(new() { Parent = parent, Filter = "colour = red" }, cancellationToken: Cancel).ResponseAsync);
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
        Assert.Contains(
            host.Logs.GetSnapshot(),
            record => record.Level == LogLevel.Error && record.Message.Contains("made.up", StringComparison.Ordinal));
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
