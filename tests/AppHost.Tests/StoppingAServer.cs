using System.Net;
using Aspire.Hosting.Testing;
using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaultMaven.AppHost.Tests;

/// <summary>What was acknowledged is never lost, whatever stops in between.</summary>
public sealed class StoppingAServer(DistributedFaultMaven system) : IClassFixture<DistributedFaultMaven>
{
    private const int Uploads = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loses_no_event_that_was_published_meanwhile()
    {
        const string stopped = "rabbitmq-server";
        SkipUnlessRunsHere(stopped);
        var investigation = await Investigation.OpenAsync(system.Required, Cancel);

        await system.StopAsync(stopped, Cancel);
        var uploaded = new List<string>();
        for (var number = 0; number < Uploads; number++)
        {
            uploaded.Add((await investigation.UploadAsync(number, Cancel)).Name);
        }

        await system.StartAsync(stopped, Cancel);
        var events = await investigation.WatchCaseUntilAsync(soFar => soFar.Count(e => e.EvidenceAdded is not null) >= Uploads, Cancel);

        Assert.Equal(uploaded.Order(), events.Where(e => e.EvidenceAdded is not null).Select(e => e.EvidenceAdded.Evidence).Order());
    }

    /// <summary>
    /// Data asks Session whether a case takes evidence: without an answer it must not, and nothing may be left half done.
    /// </summary>
    [Fact]
    public async Task Refuses_evidence_while_no_service_can_say_whether_the_case_is_open()
    {
        var investigation = await Investigation.OpenAsync(system.Required, Cancel);

        await system.StopAsync(ResourceNames.Session, Cancel);
        var refused = await Assert.ThrowsAsync<RpcException>(() => investigation.TryUploadAsync(1, Cancel));
        await system.StartAsync(ResourceNames.Session, Cancel);

        Assert.Contains(refused.StatusCode, new[] { StatusCode.Unavailable, StatusCode.DeadlineExceeded });
        Assert.NotEmpty((await investigation.UploadAsync(1, Cancel)).Name);
    }

    [Theory]
    [InlineData(ResourceNames.Session)]
    [InlineData("redis-server")]
    public async Task Loses_nothing_that_was_stored_when_it_is_killed(string killed)
    {
        SkipUnlessRunsHere(killed);
        var investigation = await Investigation.OpenAsync(system.Required, Cancel);
        var evidence = await investigation.UploadAsync(1, Cancel);
        await investigation.WatchCaseUntilAsync(soFar => soFar.Any(e => e.EvidenceAdded is not null), Cancel);

        await system.KillAsync(killed, Cancel);
        await system.StartAsync(killed, Cancel);
        await system.App.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Session, Cancel);

        var events = await investigation.WatchCaseUntilAsync(soFar => soFar.Any(e => e.EvidenceAdded is not null), Cancel);
        Assert.Equal(evidence.Name, events[^1].EvidenceAdded.Evidence);
    }

    [Fact]
    public async Task Is_seen_in_the_readiness_of_what_depends_on_it_and_not_in_its_liveness()
    {
        SkipUnlessRunsHere("redis-server");
        using var session = system.App.CreateHttpClient(ResourceNames.Session, "http");

        await system.StopAsync("redis-server", Cancel);
        await system.App.ResourceNotifications.WaitForResourceAsync(
            ResourceNames.Session, change => change.Snapshot.HealthStatus == HealthStatus.Unhealthy, Cancel);
        using var live = await session.GetAsync(new Uri("/health/live", UriKind.Relative), Cancel);
        await system.StartAsync("redis-server", Cancel);
        await system.App.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Session, Cancel);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private void SkipUnlessRunsHere(string resource) =>
        Assert.SkipUnless(system.Required.HasResource(resource), $"{resource} runs in a container here.");
}
