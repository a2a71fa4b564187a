using System.Net.Http.Json;
using System.Text.Json;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Action = FaultMaven.Protos.Redaction.V1.RedactionAction;
using State = FaultMaven.Protos.Redaction.V1.TypeRule.Types.State;

namespace FaultMaven.Redaction.Tests.Policies;

public sealed class ApplyingPolicies : IAsyncLifetime
{
    private const string Name = "redactionPolicies/strict";

    private RedisServer _redis = null!;
    private RedactionHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync(Cancel);
        _host = await RedactionHost.StartAsync(_redis, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Says_which_version_was_applied()
    {
        await SaveAsync(new() { DefaultAction = Action.Mask });
        var client = _host.CreateClient();

        var builtIn = await client.RedactTextAsync(new() { Scope = "cases/1", Text = "x" }, cancellationToken: Cancel);
        var named = await client.BatchRedactTextAsync(new() { Scope = "cases/1", Texts = { "x", "y" }, Policy = Name },
            cancellationToken: Cancel);
        var inspected = await client.InspectTextAsync(new() { Text = "x", Policy = $"{Name}@1" }, cancellationToken: Cancel);
        using var stream = client.StreamRedactText(cancellationToken: Cancel);
        await stream.RequestStream.WriteAsync(new() { Scope = "cases/1", Text = "x", Policy = Name }, Cancel);
        await stream.RequestStream.CompleteAsync();
        await stream.ResponseStream.MoveNext(Cancel);

        Assert.Equal("redactionPolicies/default@1", builtIn.Policy);
        Assert.All(named.Results, result => Assert.Equal($"{Name}@1", result.Policy));
        Assert.Equal($"{Name}@1", inspected.Policy);
        Assert.Equal($"{Name}@1", stream.ResponseStream.Current.Policy);
    }

    [Fact]
    public async Task Does_with_each_type_what_its_rule_says()
    {
        await SaveAsync(new()
        {
            DefaultAction = Action.Mask,
            TypeRules =
            {
                new Proto.TypeRule { Type = "ALL_SECRETS", Action = Action.Drop },
                new Proto.TypeRule { Type = "ALL_NETWORK", State = State.Off },
                new Proto.TypeRule { Type = "MAC_ADDRESS", State = State.On, Action = Action.Pseudonym },
                new Proto.TypeRule { Type = "HOST_NAME", State = State.On },
            },
        });

        var redacted = await RedactAsync(
            "ada@example.com at 10.20.30.40, 02:00:5e:10:00:7f, db-3.shop.internal: password=Zt7-made-up-91, again");

        Assert.Equal("<EMAIL_ADDRESS_0> at 10.20.30.40, <MAC_ADDRESS_1>, <HOST_NAME_0>: password= , again", redacted.Text);
        Assert.Equal(["<EMAIL_ADDRESS_0>", "<MAC_ADDRESS_1>", "<HOST_NAME_0>", ""],
            redacted.Findings.Select(finding => finding.Placeholder));
    }

    [Fact]
    public async Task Hashes_a_value_alike_in_all_scopes_and_types_apart()
    {
        await SaveAsync(new() { DefaultAction = Action.Hash, DeniedValues =
            { new Proto.DeniedValue { Type = "CUSTOMER", Value = "Example & Sons" } } });

        var first = await RedactAsync("ada@example.com bob@example.com Example & Sons", "cases/1");
        var second = await RedactAsync("example & sons ada@example.com", "cases/2");

        Assert.Equal(3, first.Findings.Select(finding => finding.Placeholder).Distinct().Count());
        Assert.Equal(first.Findings[0].Placeholder, second.Findings[1].Placeholder);
    }

    [Fact]
    public async Task Never_redacts_what_is_allowed_and_always_what_is_denied()
    {
        await SaveAsync(new()
        {
            AllowedValues = { "support@example.com", "10.20.30.40", "postmaster@example.com" },
            AllowedPatterns = { ".*@status\\.example" },
            DeniedValues = { new Proto.DeniedValue { Type = "CUSTOMER", Value = "postmaster@example.com" },
                new Proto.DeniedValue { Type = "PROJECT", Value = "Project Blue" } },
        });

        var redacted = await RedactAsync(
            "support@example.com SUPPORT@example.com bob@status.example bob@status.example.org 10.20.30.40 POSTMASTER@example.com "
            + "project blue");

        Assert.Equal(
            "support@example.com <EMAIL_ADDRESS_1> bob@status.example <EMAIL_ADDRESS_2> 10.20.30.40 <CUSTOMER_1> <PROJECT_1>",
            redacted.Text);
    }

    [Fact]
    public async Task Finds_what_its_own_recognizers_describe()
    {
        await SaveAsync(new()
        {
            CustomRecognizers =
            {
                new Proto.CustomRecognizer { Type = "EMPLOYEE_ID", Pattern = @"\bEMP-[0-9]{6}\b" },
                new Proto.CustomRecognizer { Type = "CUSTOMER", Pattern = "customer: (?<value>[A-Za-z &]+)", Confidence = 0.9 },
            },
        });

        var redacted = await RedactAsync("EMP-004211 for customer: Example & Sons; EMP-004212, EMP-004211, <EMPLOYEE_ID_1>");

        Assert.Equal("<EMPLOYEE_ID_1> for customer: <CUSTOMER_1>; <EMPLOYEE_ID_2>, <EMPLOYEE_ID_1>, <LITERAL_1>", redacted.Text);
        Assert.Equal(0.9, redacted.Findings[1].Confidence);
    }

    [Fact]
    public async Task Takes_the_newest_version_on_every_replica_and_an_older_one_by_name()
    {
        await using var replica = await RedactionHost.StartAsync(_redis, Cancel);
        await SaveAsync(new() { DefaultAction = Action.Mask });
        await replica.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com", Policy = Name },
            cancellationToken: Cancel);

        await _host.CreatePolicyClient().UpdateRedactionPolicyAsync(
            new() { RedactionPolicy = new() { Name = Name, DefaultAction = Action.Drop } }, cancellationToken: Cancel);
        var newest = await replica.CreateClient()
            .RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com", Policy = Name }, cancellationToken: Cancel);
        var older = await replica.CreateClient()
            .RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com", Policy = $"{Name}@1" }, cancellationToken: Cancel);

        Assert.Equal((" ", $"{Name}@2"), (newest.Text, newest.Policy));
        Assert.Equal(("<EMAIL_ADDRESS_0>", $"{Name}@1"), (older.Text, older.Policy));
    }

    [Fact]
    public async Task Serves_calls_that_name_none_under_the_configured_one()
    {
        await SaveAsync(new() { DefaultAction = Action.Mask });
        await using var configured = await RedactionHost.StartAsync(
            _redis, Cancel, settings: new Dictionary<string, string?> { ["Redaction:Policy"] = Name });

        var redacted = await configured.CreateClient()
            .RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel);

        Assert.Equal(("<EMAIL_ADDRESS_0>", $"{Name}@1"), (redacted.Text, redacted.Policy));
    }

    [Fact]
    public async Task Serves_no_one_while_the_configured_one_is_missing()
    {
        await using var configured = await RedactionHost.StartAsync(
            _redis, Cancel, settings: new Dictionary<string, string?> { ["Redaction:Policy"] = Name });

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await configured.CreateClient()
                .RedactTextAsync(new() { Scope = "cases/1", Text = "x" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.PolicyUnavailable), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Theory]
    [InlineData("redactionPolicies/unknown", StatusCode.NotFound, ErrorReason.PolicyNotFound)]
    [InlineData("redactionPolicies/default@2", StatusCode.NotFound, ErrorReason.PolicyNotFound)]
    [InlineData("strict", StatusCode.InvalidArgument, ErrorReason.InvalidField)]
    public async Task Refuses_a_policy_that_is_not_there(string policy, StatusCode code, ErrorReason reason)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.CreateClient()
                .RedactTextAsync(new() { Scope = "cases/1", Text = "x", Policy = policy }, cancellationToken: Cancel));

        Assert.Equal((code, reason), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Refuses_when_it_cannot_read_the_policy()
    {
        await SaveAsync(new() { DefaultAction = Action.Mask });
        await _redis.KillAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.CreateClient()
                .RedactTextAsync(new() { Scope = "cases/1", Text = "x", Policy = Name }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Refuses_text_on_which_a_pattern_takes_too_long()
    {
        await SaveAsync(new() { CustomRecognizers = { new Proto.CustomRecognizer { Type = "SLOW", Pattern = "[0-9]" } } });
        await using var slow = await RedactionHost.StartAsync(_redis, Cancel, time: new HastyTime());

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await slow.CreateClient()
                .RedactTextAsync(new() { Scope = "cases/1", Text = "1 2 3 4 5 6 7 8 9", Policy = Name }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.PatternTooSlow), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal(("SLOW", $"{Name}@1"), (fault.MetadataOf("type"), fault.MetadataOf("policy")));
    }

    [Fact]
    public async Task Refuses_text_on_which_patterns_take_too_long_window_after_window()
    {
        await SaveAsync(new() { CustomRecognizers = { new Proto.CustomRecognizer { Type = "SLOW", Pattern = "(.*)*made-up" } } });
        await using var slow = await RedactionHost.StartAsync(_redis, Cancel, time: new SlowTime());

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await slow.CreateClient().RedactTextAsync(
                new() { Scope = "cases/1", Text = new string('a', 2_000_000), Policy = Name }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.PatternTooSlow), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Is_managed_as_JSON_too()
    {
        var http = _host.CreateHttpClient();
        var created = await http.PostAsJsonAsync(
            new Uri("/v1/redactionPolicies?redaction_policy_id=strict", UriKind.Relative), new { defaultAction = "REDACTION_ACTION_MASK" },
                Cancel);
        var updated = await http.PatchAsJsonAsync(
            new Uri("/v1/redactionPolicies/strict", UriKind.Relative), new { defaultAction = "REDACTION_ACTION_DROP" }, Cancel);
        var first = await http.GetFromJsonAsync<JsonElement>(new Uri("/v1/redactionPolicies/strict@1", UriKind.Relative), Cancel);
        var redacted = await http.PostAsJsonAsync(
            new Uri("/v1/text:redact", UriKind.Relative), new { scope = "cases/1", text = "ada@example.com", policy = $"{Name}@1" },
                Cancel);
        var deleted = await http.DeleteAsync(new Uri("/v1/redactionPolicies/strict", UriKind.Relative), Cancel);

        Assert.All([created, updated, redacted, deleted], response => Assert.True(response.IsSuccessStatusCode));
        Assert.Equal("REDACTION_ACTION_MASK", first.GetProperty("defaultAction").GetString());
        Assert.Equal("<EMAIL_ADDRESS_0>", (await redacted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("text").GetString());
    }

    private async Task SaveAsync(Proto.RedactionPolicy policy) =>
        await _host.CreatePolicyClient()
            .CreateRedactionPolicyAsync(new() { RedactionPolicyId = "strict", RedactionPolicy = policy }, cancellationToken: Cancel);

    private async Task<Proto.RedactTextResponse> RedactAsync(string text, string scope = "cases/1") =>
        await _host.CreateClient().RedactTextAsync(new() { Scope = scope, Text = text, Policy = Name }, cancellationToken: Cancel);

    /// <summary>Every look at the clock takes a fifth of a second: below the limit for a window, above the limit for a call.</summary>
    private sealed class SlowTime : TimeProvider
    {
        private long _timestamp;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, TimestampFrequency / 5);
    }

    /// <summary>Every look at the clock takes a second.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long _timestamp;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, TimestampFrequency);
    }
}
