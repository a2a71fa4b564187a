using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Redaction.Tests.Vault;

public sealed class RestoringText
{
    private const string Text = "login of ada@example.com from 10.20.30.40 with password=Zt7-made-up-91 failed 😀";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_back_what_was_redacted_and_says_who_asked()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        var redacted = await client.RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);

        var restored = await client.RestoreTextAsync(new() { Scope = "cases/1", Text = redacted.Text },
            cancellationToken: Cancel);

        Assert.Equal((Text, 3), (restored.Text, restored.RestoredCount));
        Assert.Empty(restored.UnresolvedPlaceholders);
        var entry = Assert.Single(host.Log.GetSnapshot(), record => record.Message.Contains("restored", StringComparison.Ordinal));
        Assert.Equal($"{Principal.LocalUser.Subject} restored 3 placeholders of cases/1; 0 had no value.", entry.Message);
        Assert.DoesNotContain(host.Log.GetSnapshot(), record => record.Message.Contains("made-up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Streams_what_the_unary_call_answers()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        var redacted = await client.RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);

        using var call = client.StreamRestoreText(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new() { Scope = "cases/1" }, Cancel);
        foreach (var rune in (redacted.Text + "<EMAIL_ADDRESS_9>").EnumerateRunes())
        {
            await call.RequestStream.WriteAsync(new() { Text = rune.ToString() }, Cancel);
        }

        await call.RequestStream.CompleteAsync();
        var restored = new StringBuilder();
        var unresolved = new List<string>();
        await foreach (var piece in call.ResponseStream.ReadAllAsync(Cancel))
        {
            restored.Append(piece.Text);
            unresolved.AddRange(piece.UnresolvedPlaceholders);
        }

        Assert.Equal(Text + "<EMAIL_ADDRESS_9>", restored.ToString());
        Assert.Equal(["<EMAIL_ADDRESS_9>"], unresolved);
    }

    [Fact]
    public async Task Answers_JSON_too()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);
        var http = host.CreateHttpClient();
        var body = new { scope = "cases/1", text = "<EMAIL_ADDRESS_1>" };

        var restored = await http.PostAsJsonAsync(new Uri("/v1/text:restore", UriKind.Relative), body, Cancel);

        Assert.Equal("ada@example.com", (await restored.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Refuses_everyone_but_administrators()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient(Principal.LocalUser with { Roles = [Role.Operator] });
        // Nothing is sent: the refusal may come first.
        using var call = client.StreamRestoreText(cancellationToken: Cancel);

        var unary = await Assert.ThrowsAsync<RpcException>(async () => await client.RestoreTextAsync(
            new() { Scope = "cases/of-a-stranger", Text = "<EMAIL_ADDRESS_1>" }, cancellationToken: Cancel));
        var streamed = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));

        Assert.Equal((StatusCode.PermissionDenied, ErrorReason.RoleRequired), (unary.StatusCode, RpcFault.ReasonOf(unary)));
        Assert.Equal((StatusCode.PermissionDenied, ErrorReason.RoleRequired), (streamed.StatusCode, RpcFault.ReasonOf(streamed)));
    }

    [Fact]
    public async Task Lists_what_has_no_value_in_this_scope()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        await client.RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);
        await client.RedactTextAsync(new() { Scope = "cases/2", Text = "bob@example.com" }, cancellationToken: Cancel);

        var restored = await client.RestoreTextAsync(
            new() { Scope = "cases/2", Text = "<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2> <IP_ADDRESS_1> <EMAIL_ADDRESS_2>" },
                cancellationToken: Cancel);

        Assert.Equal("bob@example.com <EMAIL_ADDRESS_2> <IP_ADDRESS_1> <EMAIL_ADDRESS_2>", restored.Text);
        Assert.Equal(["<EMAIL_ADDRESS_2>", "<IP_ADDRESS_1>"], restored.UnresolvedPlaceholders);
    }

    [Fact]
    public async Task Has_nothing_to_give_back_once_the_scope_is_forgotten()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        var redacted = await client.RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);

        var forgotten = await client.ForgetScopeAsync(new() { Scope = "cases/1", Force = true }, cancellationToken: Cancel);
        var restored = await client.RestoreTextAsync(new() { Scope = "cases/1", Text = redacted.Text },
            cancellationToken: Cancel);
        var again = await client.RedactTextAsync(
            new() { Scope = "cases/1", Text = $"{redacted.Text} ada@example.com", KeepPlaceholders = true }, cancellationToken: Cancel);

        Assert.Equal(3, forgotten.ForgottenCount);
        Assert.Equal((redacted.Text, 0), (restored.Text, restored.RestoredCount));
        Assert.Equal($"{redacted.Text} <EMAIL_ADDRESS_2>", again.Text);
    }

    [Fact]
    public async Task Forgets_the_scope_of_a_case_that_is_deleted()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        var redacted = await client.RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);

        await host.PublishAsync(new CaseDeleted { Case = "cases/1" }, Cancel);
        await host.PublishAsync(new CaseDeleted { Case = "cases/1" }, Cancel);
        var restored = await client.RestoreTextAsync(new() { Scope = "cases/1", Text = redacted.Text },
            cancellationToken: Cancel);

        Assert.Equal((redacted.Text, 0), (restored.Text, restored.RestoredCount));
    }

    [Fact]
    public async Task Forgets_the_scope_of_an_open_case_only_when_forced()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        await client.RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);
        await client.RedactTextAsync(new() { Scope = "cases/2", Text = Text }, cancellationToken: Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.ForgetScopeAsync(new() { Scope = "cases/1" }, cancellationToken: Cancel));
        await host.PublishAsync(new CaseClosed { Case = "cases/2" }, Cancel);
        var closed = await client.ForgetScopeAsync(new() { Scope = "cases/2" }, cancellationToken: Cancel);
        var unknown = await client.ForgetScopeAsync(new() { Scope = "cases/3" }, cancellationToken: Cancel);

        Assert.Equal((StatusCode.FailedPrecondition, ErrorReason.ScopeInUse), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal((3, 0), (closed.ForgottenCount, unknown.ForgottenCount));
    }

    [Fact]
    public async Task Reads_values_of_an_older_key_and_seals_them_under_the_new_one()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        Proto.RedactTextResponse redacted;
        await using (var before = await RedactionHost.StartAsync(redis, Cancel, settings: WithKeys("2026-01")))
        {
            redacted = await before.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);
        }

        await using (var rotated = await RedactionHost.StartAsync(redis, Cancel, settings: WithKeys("2026-02", "2026-01")))
        {
            await rotated.CreateClient().RestoreTextAsync(new() { Scope = "cases/1", Text = redacted.Text },
                cancellationToken: Cancel);
        }

        await using var after = await RedactionHost.StartAsync(redis, Cancel, settings: WithKeys("2026-02"));
        var restored = await after.CreateClient()
            .RestoreTextAsync(new() { Scope = "cases/1", Text = redacted.Text }, cancellationToken: Cancel);
        Assert.Equal(Text, restored.Text);

        await using var stranger = await RedactionHost.StartAsync(redis, Cancel, settings: WithKeys("2026-03"));
        var unreadable = await stranger.CreateClient()
            .RestoreTextAsync(new() { Scope = "cases/1", Text = redacted.Text }, cancellationToken: Cancel);
        Assert.Equal((redacted.Text, 3), (unreadable.Text, unreadable.UnresolvedPlaceholders.Count));
    }

    [Fact]
    public async Task Gives_no_value_back_that_was_moved_in_the_store()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        await client.RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com 10.20.30.40" }, cancellationToken: Cancel);
        var stored = new StoredScope(host.Store, "cases/1");
        var email = Assert.Single(await stored.ValuesAsync("EMAIL_ADDRESS/0"));
        var ip = Assert.Single(await stored.ValuesAsync("IP_ADDRESS/0"));
        await stored.ChangeAsync(transaction => transaction.Put(email.Key, ip.Value));

        var restored = await client.RestoreTextAsync(
            new() { Scope = "cases/1", Text = "<EMAIL_ADDRESS_1> <IP_ADDRESS_1>" }, cancellationToken: Cancel);

        Assert.Equal("<EMAIL_ADDRESS_1> 10.20.30.40", restored.Text);
        Assert.Single(host.Log.GetSnapshot(), record => record.Level == LogLevel.Error
            && record.Message.Contains("<EMAIL_ADDRESS_1> in cases/1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gives_back_what_was_not_tampered_with_in_a_block_and_says_what_was()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        var stored = new StoredScope(host.Store, "cases/1");
        var records = new Dictionary<string, StateRecord>();
        foreach (var name in (string[])["ada", "bob", "eve"])
        {
            await client.RedactTextAsync(new() { Scope = "cases/1", Text = $"{name}@example.com" }, cancellationToken: Cancel);
            var isNew = (StateRecord record) => records.Values.All(other => other.Key != record.Key);
            records.Add(name, Assert.Single(await stored.ValuesAsync("EMAIL_ADDRESS/0"), record => isNew(record)));
        }

        var bob = records["bob"];
        var bytes = bob.Value.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        await stored.ChangeAsync(transaction => transaction.Put(bob.Key, bytes));

        var restored = await client.RestoreTextAsync(
            new() { Scope = "cases/1", Text = "<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2> <EMAIL_ADDRESS_3>" },
                cancellationToken: Cancel);

        Assert.Equal("ada@example.com <EMAIL_ADDRESS_2> eve@example.com", restored.Text);
        Assert.Single(host.Log.GetSnapshot(), record => record.Level == LogLevel.Error
            && record.Message.Contains("<EMAIL_ADDRESS_2>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seals_a_block_anew_that_was_sealed_under_two_keys()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        const string Redacted = "<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2> <EMAIL_ADDRESS_3>";
        await using (var before = await RedactionHost.StartAsync(redis, Cancel, settings: WithKeys("2026-01")))
        {
            await before.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com bob@example.com" },
                cancellationToken: Cancel);
        }

        await using (var rotated = await RedactionHost.StartAsync(redis, Cancel, settings: WithKeys("2026-02", "2026-01")))
        {
            // One is new and one comes again; the third is in the block with them.
            await rotated.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = "eve@example.com" }, cancellationToken: Cancel);
            await rotated.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel);
        }

        await using var after = await RedactionHost.StartAsync(redis, Cancel, settings: WithKeys("2026-02"));
        var restored = await after.CreateClient()
            .RestoreTextAsync(new() { Scope = "cases/1", Text = Redacted }, cancellationToken: Cancel);
        Assert.Equal("ada@example.com bob@example.com eve@example.com", restored.Text);
    }

    [Fact]
    public async Task Refuses_when_the_store_is_gone()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = Text }, cancellationToken: Cancel);

        await redis.KillAsync();
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await host.CreateClient()
                .RestoreTextAsync(new() { Scope = "cases/1", Text = "<EMAIL_ADDRESS_1>" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    private static Dictionary<string, string?> WithKeys(params string[] ids)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (i, id) in ids.Index())
        {
            settings[$"Redaction:Keys:{i}:Id"] = id;
            settings[$"Redaction:Keys:{i}:Key"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"made-up key for tests only, {id}!!"));
        }

        return settings;
    }
}
