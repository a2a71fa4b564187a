using FaultMaven.Protos.Agent.V1;
using Grpc.Core;

namespace FaultMaven.AppHost.Tests;

/// <summary>A service killed during an investigation leads to a typed error or a resumed turn, and no call hangs.</summary>
public sealed class KillingAService(DistributedFaultMaven system) : IClassFixture<DistributedFaultMaven>
{
    /// <summary>A call in flight while the service dies can also end by its deadline.</summary>
    private static readonly StatusCode[] s_clear = [StatusCode.Unavailable, StatusCode.DeadlineExceeded];

    public static TheoryData<string> Services => [.. DistributedFaultMaven.Services];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Ends_the_turn_with_an_answer_or_a_clear_error(string service)
    {
        var investigation = await Investigation.OpenAsync(system.Required, Cancel);
        await investigation.UploadAsync(1, Cancel);

        var killing = system.KillAsync(service, Cancel);
        var (turn, refusal) = await TryAskAsync(investigation);
        await killing;
        await system.StartAsync(service, Cancel);

        Assert.True(refusal is null || s_clear.Contains(refusal.StatusCode), $"{refusal?.Status}");
        if (turn is not null)
        {
            var end = await investigation.WatchToEndAsync(turn.Name, Cancel);
            Assert.True(end.PayloadCase == TurnEvent.PayloadOneofCase.Completed || end.Failed.Error.Details.Count > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Leaves_a_system_that_investigates_once_it_is_back(string service)
    {
        var investigation = await Investigation.OpenAsync(system.Required, Cancel);
        await system.KillAsync(service, Cancel);
        await system.StartAsync(service, Cancel);

        await investigation.UploadAsync(1, Cancel);
        var turn = await investigation.AskAsync(Cancel);
        var end = await investigation.WatchToEndAsync(turn.Name, Cancel);

        Assert.Equal(TurnEvent.PayloadOneofCase.Completed, end.PayloadCase);
    }

    [Fact]
    public async Task Resumes_a_turn_or_fails_it_with_a_reason_when_the_agent_comes_back()
    {
        var investigation = await Investigation.OpenAsync(system.Required, Cancel);
        await investigation.UploadAsync(1, Cancel);
        var turn = await investigation.AskAsync(Cancel);

        await system.KillAsync(ResourceNames.Agent, Cancel);
        await system.StartAsync(ResourceNames.Agent, Cancel);
        var end = await investigation.WatchToEndAsync(turn.Name, Cancel);

        Assert.True(end.PayloadCase == TurnEvent.PayloadOneofCase.Completed || end.Failed.Error.Details.Count > 0);
    }

    /// <summary>The turn that was taken, or the error that the client got instead.</summary>
    private static async Task<(Turn? Turn, RpcException? Refusal)> TryAskAsync(Investigation investigation)
    {
        try
        {
            return (await investigation.TryAskAsync(Cancel), null);
        }
        catch (RpcException e)
        {
            return (null, e);
        }
    }
}
