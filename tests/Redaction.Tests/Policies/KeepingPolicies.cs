using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Action = FaultMaven.Protos.Redaction.V1.RedactionAction;
using State = FaultMaven.Protos.Redaction.V1.TypeRule.Types.State;

namespace FaultMaven.Redaction.Tests.Policies;

public sealed class KeepingPolicies : IAsyncLifetime
{
    private const string Name = "redactionPolicies/strict";

    private RedisServer _redis = null!;
    private RedactionHost _host = null!;
    private Proto.RedactionPolicyService.RedactionPolicyServiceClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync(Cancel);
        _host = await RedactionHost.StartAsync(_redis, Cancel);
        _client = _host.CreatePolicyClient();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Makes_a_version_of_every_change_and_keeps_the_older_ones()
    {
        var created = await CreateAsync(new() { DefaultAction = Action.Mask });
        var updated = await UpdateAsync(
            new() { Name = Name, Etag = created.Etag, DefaultAction = Action.Drop, AllowedValues = { "127.0.0.9" } });

        Assert.Equal((Name, 1L, 2L), (created.Name, created.Version, updated.Version));
        Assert.Equal(updated, await GetAsync(Name));
        Assert.Equal(updated, await GetAsync($"{Name}@2"));
        Assert.Equal(created, await GetAsync($"{Name}@1"));
        Assert.Equal(created.CreateTime, updated.CreateTime);
    }

    [Fact]
    public async Task Keeps_the_last_hundred_versions()
    {
        await CreateAsync(new() { DefaultAction = Action.Mask });
        for (var version = 2; version <= 101; version++)
        {
            await UpdateAsync(new() { Name = Name, AllowedValues = { $"127.0.0.{version}" } });
        }

        var fault = await Assert.ThrowsAsync<RpcException>(() => GetAsync($"{Name}@1"));
        var oldest = await GetAsync($"{Name}@2");
        var newest = await GetAsync(Name);

        Assert.Equal((StatusCode.NotFound, ErrorReason.PolicyNotFound), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal((2, 101), (oldest.Version, newest.Version));
    }

    [Fact]
    public async Task Says_that_nothing_was_deleted_unless_that_is_allowed()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.DeleteRedactionPolicyAsync(new() { Name = Name }, cancellationToken: Cancel));
        await _client.DeleteRedactionPolicyAsync(new() { Name = Name, AllowMissing = true }, cancellationToken: Cancel);

        Assert.Equal((StatusCode.NotFound, ErrorReason.PolicyNotFound), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Changes_only_what_the_mask_names()
    {
        await CreateAsync(new() { DefaultAction = Action.Mask, AllowedValues = { "127.0.0.9" } });

        var updated = await _client.UpdateRedactionPolicyAsync(
            new()
            {
                RedactionPolicy = new() { Name = Name, AllowedValues = { "127.0.0.8" } },
                UpdateMask = FieldMask.FromString<Proto.RedactionPolicy>("allowed_values"),
            },
            cancellationToken: Cancel);

        Assert.Equal(Action.Mask, updated.DefaultAction);
        Assert.Equal(["127.0.0.8"], updated.AllowedValues);
    }

    [Fact]
    public async Task Refuses_a_change_by_who_has_not_seen_the_last_one()
    {
        var created = await CreateAsync(new());
        await UpdateAsync(new() { Name = Name, Etag = created.Etag, DefaultAction = Action.Drop });

        var fault = await Assert.ThrowsAsync<RpcException>(() => UpdateAsync(new() { Name = Name, Etag = created.Etag }));
        var deletion = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.DeleteRedactionPolicyAsync(new() { Name = Name, Etag = created.Etag }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Aborted, ErrorReason.EtagMismatch), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal(ErrorReason.EtagMismatch, RpcFault.ReasonOf(deletion));
    }

    [Fact]
    public async Task Makes_one_version_of_a_change_that_is_asked_for_twice()
    {
        var first = await CreateAsync(new(), "r-1");
        var second = await CreateAsync(new(), "r-1");
        var update = new Proto.UpdateRedactionPolicyRequest
        {
            RedactionPolicy = new() { Name = Name, Etag = first.Etag, DefaultAction = Action.Hash },
            RequestId = "r-2",
        };
        var updated = await _client.UpdateRedactionPolicyAsync(update, cancellationToken: Cancel);
        var again = await _client.UpdateRedactionPolicyAsync(update, cancellationToken: Cancel);
        var other = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new() { DefaultAction = Action.Drop }, "r-1"));

        Assert.Equal(first, second);
        Assert.Equal((updated, 2L), (again, again.Version));
        Assert.Equal(ErrorReason.RequestIdReused, RpcFault.ReasonOf(other));
    }

    [Fact]
    public async Task Lets_of_many_changes_at_once_each_have_its_version()
    {
        await CreateAsync(new());

        var changed = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => UpdateAsync(new() { Name = Name, AllowedValues = { $"10.0.0.{i}" } })));

        Assert.Equal(Enumerable.Range(2, 8).Select(version => (long)version), changed.Select(policy => policy.Version).Order());
    }

    [Fact]
    public async Task Lists_them_by_name_in_pages_with_the_built_in_one_first()
    {
        foreach (var id in (string[])["b", "a", "c"])
        {
            await _client.CreateRedactionPolicyAsync(new() { RedactionPolicyId = id, RedactionPolicy = new() }, cancellationToken: Cancel);
        }

        var first = await _client.ListRedactionPoliciesAsync(new() { PageSize = 2 }, cancellationToken: Cancel);
        var second = await _client.ListRedactionPoliciesAsync(new() { PageSize = 2, PageToken = first.NextPageToken },
            cancellationToken: Cancel);

        Assert.Equal(["redactionPolicies/default", "redactionPolicies/a"], first.RedactionPolicies.Select(policy => policy.Name));
        Assert.Equal(["redactionPolicies/b", "redactionPolicies/c"], second.RedactionPolicies.Select(policy => policy.Name));
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task Never_gives_a_version_again_after_a_deletion()
    {
        await CreateAsync(new());
        await _client.DeleteRedactionPolicyAsync(new() { Name = Name }, cancellationToken: Cancel);

        var gone = await Assert.ThrowsAsync<RpcException>(() => GetAsync($"{Name}@1"));
        var created = await CreateAsync(new());

        Assert.Equal((StatusCode.NotFound, ErrorReason.PolicyNotFound), (gone.StatusCode, RpcFault.ReasonOf(gone)));
        Assert.Equal(2, created.Version);
    }

    [Fact]
    public async Task Leaves_the_built_in_one_as_it_is()
    {
        var update = await Assert.ThrowsAsync<RpcException>(() => UpdateAsync(new() { Name = "redactionPolicies/default" }));
        var deletion = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.DeleteRedactionPolicyAsync(new() { Name = "redactionPolicies/default" }, cancellationToken: Cancel));
        var creation = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.CreateRedactionPolicyAsync(new() { RedactionPolicyId = "default" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.FailedPrecondition, ErrorReason.PolicyBuiltIn), (update.StatusCode, RpcFault.ReasonOf(update)));
        Assert.Equal(ErrorReason.PolicyBuiltIn, RpcFault.ReasonOf(deletion));
        Assert.Equal(ErrorReason.InvalidField, RpcFault.ReasonOf(creation));
    }

    [Fact]
    public async Task Refuses_a_second_one_of_a_name()
    {
        await CreateAsync(new());

        var fault = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new()));

        Assert.Equal((StatusCode.AlreadyExists, ErrorReason.PolicyExists), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Theory]
    [InlineData("(?<letter>a)\\k<letter>", "not_linear")]
    [InlineData("(?<=id=)[0-9]+", "not_linear")]
    [InlineData("((a{1000}){100}){10}", "not_linear")]
    [InlineData("(?:[ab]*a[ab]{200}){2}", "too_slow")]
    [InlineData("[0-9", "syntax")]
    [InlineData("x*", "matches_nothing")]
    public async Task Refuses_a_pattern_that_could_run_away(string pattern, string problem)
    {
        var recognizer = await Assert.ThrowsAsync<RpcException>(
            () => CreateAsync(new() { CustomRecognizers = { new Proto.CustomRecognizer { Type = "EMPLOYEE_ID", Pattern = pattern } } }));
        var allowed = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new() { AllowedPatterns = { pattern } }));

        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.PatternRefused), (recognizer.StatusCode, RpcFault.ReasonOf(recognizer)));
        Assert.Equal(("custom_recognizers[0].pattern", problem), (recognizer.MetadataOf("field"), recognizer.MetadataOf("problem")));
        Assert.Equal(("allowed_patterns[0]", problem), (allowed.MetadataOf("field"), allowed.MetadataOf("problem")));
    }

    [Theory]
    [InlineData("a)|(?:b")]
    [InlineData("(?x)a #")]
    public async Task Refuses_an_allowed_pattern_that_would_not_stay_in_its_place(string pattern)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new() { AllowedPatterns = { pattern } }));

        Assert.Equal(ErrorReason.PatternRefused, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Refuses_to_let_secrets_leave_unless_that_is_meant()
    {
        Proto.RedactionPolicy[] careless =
        [
            new() { TypeRules = { new Proto.TypeRule { Type = "ALL_SECRETS", State = State.Off } } },
            new()
            {
                TypeRules = { new Proto.TypeRule { Type = "SECRET", State = State.Off },
                    new Proto.TypeRule { Type = "PASSWORD", State = State.Off } },
            },
            new() { AllowedPatterns = { "(?s).+" } },
            new() { AllowedPatterns = { "[A-Za-z0-9]{3,}" } },
        ];

        foreach (var policy in careless)
        {
            var fault = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(policy));
            Assert.Equal((StatusCode.InvalidArgument, ErrorReason.SecretsUnprotected), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        }

        careless[0].SecretsMayLeave = true;
        Assert.Equal(1, (await CreateAsync(careless[0])).Version);
    }

    [Fact]
    public async Task Refuses_what_means_nothing()
    {
        Proto.RedactionPolicy[] malformed =
        [
            new() { TypeRules = { new Proto.TypeRule { Type = "EMAIL", State = State.Off } } },
            new() { TypeRules = { new Proto.TypeRule { Type = "LITERAL", State = State.Off } } },
            new() { TypeRules = { new Proto.TypeRule { Type = "URL", State = State.Off },
                new Proto.TypeRule { Type = "URL", State = State.On } } },
            new() { CustomRecognizers = { new Proto.CustomRecognizer { Type = "LITERAL", Pattern = "x" } } },
            new() { CustomRecognizers = { new Proto.CustomRecognizer { Type = "ID_1", Pattern = "x" } } },
            new() { CustomRecognizers = { new Proto.CustomRecognizer { Type = "ID", Pattern = "x", Confidence = double.NaN } } },
            new() { DeniedValues = { new Proto.DeniedValue { Type = "CUSTOMER", Value = "x" } } },
            new() { AllowedValues = { "" } },
            new() { DefaultAction = (Action)99 },
            new() { AllowedValues = { Enumerable.Range(0, 1001).Select(i => $"10.0.0.{i}") } },
        ];

        foreach (var policy in malformed)
        {
            var fault = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(policy));
            Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        }
    }

    [Fact]
    public async Task Says_when_its_key_is_gone_and_can_still_be_deleted()
    {
        await CreateAsync(new() { DefaultAction = Action.Drop });
        await using var stranger = await RedactionHost.StartAsync(_redis, Cancel, key: "YW5vdGhlci1tYWRlLXVwLWtleS1mb3ItdGVzdHMtb25seSE=");

        var reading = await Assert.ThrowsAsync<RpcException>(
            async () => await stranger.CreatePolicyClient().GetRedactionPolicyAsync(new() { Name = Name }, cancellationToken: Cancel));
        var use = await Assert.ThrowsAsync<RpcException>(
            async () => await stranger.CreateClient()
                .RedactTextAsync(new() { Scope = "cases/1", Text = "x", Policy = Name }, cancellationToken: Cancel));
        await stranger.CreatePolicyClient().DeleteRedactionPolicyAsync(new() { Name = Name }, cancellationToken: Cancel);

        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (reading.StatusCode, RpcFault.ReasonOf(reading)));
        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (use.StatusCode, RpcFault.ReasonOf(use)));
    }

    [Fact]
    public async Task Keeps_no_readable_value_in_the_store()
    {
        await CreateAsync(new() { DeniedValues = { new Proto.DeniedValue { Type = "CUSTOMER", Value = "canary-made-up" } } });

        var stored = await File.ReadAllTextAsync(Directory.GetFiles(_redis.Directory, "*.incr.aof", SearchOption.AllDirectories).Single(),
            Cancel);

        Assert.Contains("strict@1", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-made-up", stored, StringComparison.Ordinal);
    }

    private async Task<Proto.RedactionPolicy> CreateAsync(Proto.RedactionPolicy policy, string requestId = "") =>
        await _client.CreateRedactionPolicyAsync(new() { RedactionPolicyId = "strict", RedactionPolicy = policy, RequestId = requestId },
            cancellationToken: Cancel);

    private async Task<Proto.RedactionPolicy> UpdateAsync(Proto.RedactionPolicy policy) =>
        await _client.UpdateRedactionPolicyAsync(new() { RedactionPolicy = policy }, cancellationToken: Cancel);

    private async Task<Proto.RedactionPolicy> GetAsync(string name) =>
        await _client.GetRedactionPolicyAsync(new() { Name = name }, cancellationToken: Cancel);
}
