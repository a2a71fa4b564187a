using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Sessions.Tests;

/// <summary>A running FaultMaven for the tests of one class.</summary>
public sealed class CasesHost : IAsyncLifetime
{
    public FaultMavenHost Host { get; private set; } = null!;

    internal Proto.SessionService.SessionServiceClient Client { get; private set; } = null!;

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Host = await FaultMavenHost.StartAsync(Cancel);
        Client = new Proto.SessionService.SessionServiceClient(Host.Channel);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal async Task<Proto.Case> CreateCaseAsync(string title = "Checkout is slow") =>
        await Client.CreateCaseAsync(new() { Title = title }, cancellationToken: Cancel);

    internal async Task<Proto.Case> GetCaseAsync(string name) =>
        await Client.GetCaseAsync(new() { Name = name }, cancellationToken: Cancel);

    internal async Task<Proto.Message> SayAsync(string caseName, string text, string requestId = "") =>
        await Client.CreateMessageAsync(new() { Parent = caseName, Text = text, RequestId = requestId }, cancellationToken: Cancel);

    internal async Task<Proto.Case> CloseAsync(
        string name,
        Proto.Case.Types.Resolution resolution = Proto.Case.Types.Resolution.Resolved,
        string etag = "",
        string requestId = "") =>
        await Client.CloseCaseAsync(
            new() { Name = name, Resolution = resolution, Etag = etag, RequestId = requestId }, cancellationToken: Cancel);

    /// <summary>The fault that a call ends with.</summary>
    internal static async Task<RpcException> FaultOf(Func<Task> call) => await Assert.ThrowsAsync<RpcException>(call);
}
