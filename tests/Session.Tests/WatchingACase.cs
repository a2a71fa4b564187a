using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Sessions.Cases;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Sessions.Tests;

public sealed class WatchingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task Sends_the_past_and_then_what_comes_each_once_and_in_order()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "before");
        using var watch = host.Client.WatchCase(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel);
        var seen = new List<long>();
        async Task ReadUntil(long version)
        {
            while (seen.LastOrDefault() < version && await watch.ResponseStream.MoveNext(CasesHost.Cancel))
            {
                seen.Add(watch.ResponseStream.Current.Version);
            }
        }

        await ReadUntil(2);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => host.SayAsync(created.Name, $"after {i}")));
        await ReadUntil(12);

        Assert.Equal(Enumerable.Range(1, 12).Select(v => (long)v), seen);
    }

    [Fact]
    public async Task Continues_after_the_version_that_was_seen()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "first");
        await host.SayAsync(created.Name, "second");

        using var watch = host.Client.WatchCase(new() { Name = created.Name, AfterVersion = 2 }, cancellationToken: CasesHost.Cancel);
        await watch.ResponseStream.MoveNext(CasesHost.Cancel);

        Assert.Equal("second", watch.ResponseStream.Current.MessageAdded.Text);
    }

    [Fact]
    public async Task Shows_evidence_and_turns_once_however_often_the_bus_delivers_them()
    {
        var created = await host.CreateCaseAsync();
        var evidence = new EvidenceAnalyzed
        {
            Case = created.Name, Evidence = $"{created.Name}/evidence/e1", FileName = "app.log", SignalCount = 4,
        };
        var turn = new TurnCompleted { Case = created.Name, Turn = $"{created.Name}/turns/t1", Conclusion = "The disk is full." };

        for (var i = 0; i < 3; i++)
        {
            await host.Host.Services.PublishEventAsync(evidence, CasesHost.Cancel);
            await host.Host.Services.PublishEventAsync(turn, CasesHost.Cancel);
        }

        var state = await host.Client.GetCaseAsync(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel);
        Assert.Equal(("3", 1, "The disk is full."), (state.Etag, state.EvidenceCount, state.Conclusion));
        Assert.Equal(Proto.Case.Types.State.Investigating, state.State);
    }

    [Fact]
    public async Task And_folding_its_events_gives_the_case_to_the_byte()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "Something");
        await host.CloseAsync(created.Name);

        var events = await host.Client.ListCaseEventsAsync(new() { Parent = created.Name }, cancellationToken: CasesHost.Cancel);
        var state = await host.Client.GetCaseAsync(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel);

        Assert.True(CaseName.TryParse(created.Name, out var name));
        Assert.Equal(state.ToByteArray(), CaseState.Before(name).After(events.Events).ToProto().ToByteArray());
    }

    [Fact]
    public async Task Ends_as_unavailable_when_the_service_stops()
    {
        var stopping = await FaultMavenHost.StartAsync(CasesHost.Cancel);
        var client = new Proto.SessionService.SessionServiceClient(stopping.Channel);
        var created = await client.CreateCaseAsync(new() { Title = "" }, cancellationToken: CasesHost.Cancel);
        using var watch = client.WatchCase(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel);
        await watch.ResponseStream.MoveNext(CasesHost.Cancel);

        var next = watch.ResponseStream.MoveNext(CasesHost.Cancel);
        await stopping.StopAsync();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => next)).StatusCode);
        await stopping.DisposeAsync();
    }
}
