using FaultMaven.Tests.Shared;

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

    internal async Task<Proto.Message> SayAsync(string caseName, string text, string requestId = "") => await Client.CreateMessageAsync(
        new() { Parent = caseName, Author = Proto.Message.Types.Author.User, Text = text, RequestId = requestId }, cancellationToken: Cancel);
}
