using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.Extensions.DependencyInjection;
using CaseClosed = FaultMaven.Protos.Events.V1.CaseClosed;

namespace FaultMaven.Redaction.Tests.Vault;

/// <summary>The embedded shape, with the store that is part of it.</summary>
public sealed class InTheWholeSystem
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restores_forgets_and_keeps_policies_over_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("fm-vault-");
        try
        {
            Proto.RedactTextResponse redacted;
            await using (var first = await FaultMavenHost.StartAsync(directory.FullName, null, null, Cancel))
            {
                await new Proto.RedactionPolicyService.RedactionPolicyServiceClient(first.Channel).CreateRedactionPolicyAsync(
                    new() { RedactionPolicyId = "strict", RedactionPolicy =
                        new() { TypeRules = { new Proto.TypeRule { Type = "HOST_NAME", State = Proto.TypeRule.Types.State.On } } } },
                    cancellationToken: Cancel);
                redacted = await ClientOf(first).RedactTextAsync(
                    new() { Scope = "incident-1", Text = "ada@example.com at db-3.shop.internal", Policy = "redactionPolicies/strict" },
                        cancellationToken: Cancel);
            }

            Assert.Equal(("<EMAIL_ADDRESS_1> at <HOST_NAME_1>", "redactionPolicies/strict@1"), (redacted.Text, redacted.Policy));

            await using var second = await FaultMavenHost.StartAsync(directory.FullName, null, null, Cancel);
            var client = ClientOf(second);
            Assert.Equal("ada@example.com at db-3.shop.internal", await RestoreAsync(client, redacted.Text));
            Assert.Equal(2, (await client.ForgetScopeAsync(new() { Scope = "incident-1", Force = true },
                cancellationToken: Cancel)).ForgottenCount);
            Assert.Equal(redacted.Text, await RestoreAsync(client, redacted.Text));

            var again = await client.RedactTextAsync(
                new() { Scope = "incident-1", Text = "ada@example.com", Policy = "redactionPolicies/strict@1" }, cancellationToken: Cancel);
            Assert.Equal("<EMAIL_ADDRESS_2>", again.Text);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Keeps_the_values_of_a_closed_case_for_less()
    {
        var clock = new MovableClock();
        await using var host = await FaultMavenHost.StartAsync(null, clock, null, Cancel);
        var sessions = new SessionService.SessionServiceClient(host.Channel);
        var created = await sessions.CreateCaseAsync(new() { Title = "Mail to ada@example.com bounces" }, cancellationToken: Cancel);
        var stored = new StoredScope(host.Services.GetRequiredKeyedService<StateStore>("redaction"), created.Name);
        var consumed = new ConsumedMessages();
        using var observing = host.Services.GetRequiredService<IMediator>().ConnectConsumeMessageObserver(consumed);

        await sessions.CloseCaseAsync(
            new() { Name = created.Name, Resolution = FaultMaven.Protos.Session.V1.Case.Types.Resolution.Resolved },
            cancellationToken: Cancel);
        await consumed.CaseClosed.WaitAsync(Cancel);

        clock.Advance(TimeSpan.FromDays(6.9));
        Assert.NotEmpty(await stored.ValuesAsync());
        clock.Advance(TimeSpan.FromDays(0.1));
        Assert.Empty(await stored.ValuesAsync());
    }

    private static Proto.RedactionService.RedactionServiceClient ClientOf(FaultMavenHost host) => new(host.Channel);

    private static async Task<string> RestoreAsync(Proto.RedactionService.RedactionServiceClient client, string text) =>
        (await client.RestoreTextAsync(
            new() { Scope = "incident-1", Text = text },
                cancellationToken: Cancel)).Text;

    private sealed class ConsumedMessages : IConsumeMessageObserver<CaseClosed>
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task CaseClosed => _closed.Task;

        public Task PreConsume(ConsumeContext<CaseClosed> context) => Task.CompletedTask;

        public Task PostConsume(ConsumeContext<CaseClosed> context)
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        }

        public Task ConsumeFault(ConsumeContext<CaseClosed> context, Exception exception)
        {
            _closed.TrySetException(exception);
            return Task.CompletedTask;
        }
    }
}
