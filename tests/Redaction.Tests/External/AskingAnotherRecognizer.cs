using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FaultMaven.Redaction.Tests.External;

public sealed class AskingAnotherRecognizer : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private AnalyzerServer _analyzer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync(Cancel);
        _analyzer = await AnalyzerServer.StartAsync(Cancel, "blorpina", "zoë 😀 wren", "at");
    }

    public async ValueTask DisposeAsync()
    {
        await _analyzer.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Adds_what_it_finds_to_what_we_found()
    {
        const string Text = "😀 blorpina mailed ada@example.com, then zoë 😀 wren did; blorpina";
        await using var host = await StartAsync();

        var redacted = await RedactAsync(host, Text);

        Assert.Equal("😀 <PERSON_1> mailed <EMAIL_ADDRESS_1>, then <PERSON_2> did; <PERSON_1>", redacted.Text);
        Assert.False(redacted.Degraded);
        var second = redacted.Findings[2];
        Assert.Equal(("PERSON", 0.85), (second.Type, second.Confidence));
        Assert.Equal("zoë 😀 wren", Text[(int)second.Start..(int)second.End]);
    }

    [Fact]
    public async Task Sends_it_no_secret_that_we_know()
    {
        await using var host = await StartAsync();

        await RedactAsync(host, "blorpina: password=Zt7-made-up-91 for ada@example.com");

        var request = Assert.Single(_analyzer.Requests);
        Assert.Equal("blorpina: password=______________ for _______________", (string?)request["text"]);
        Assert.Equal(("en", 0.6), ((string?)request["language"], (double?)request["score_threshold"]));
    }

    [Fact]
    public async Task Keeps_our_findings_where_it_finds_more_or_less()
    {
        _analyzer.Answer = (text, context) => context.Response.WriteAsJsonAsync(
            new[] { AnalyzerServer.Finding("PERSON", 0, text.Length, 1), AnalyzerServer.Finding("DATE_TIME", 0, 3, 1),
                AnalyzerServer.Finding("CRYPTO", 0, 3, 0.59) });
        await using var host = await StartAsync();

        var redacted = await RedactAsync(host, "ask ada@example.com now");

        Assert.Equal("<PERSON_1><EMAIL_ADDRESS_1><PERSON_2>", redacted.Text);
    }

    [Fact]
    public async Task Obeys_the_policy_about_what_it_finds()
    {
        await using var host = await StartAsync();
        await host.CreatePolicyClient().CreateRedactionPolicyAsync(
            new() { RedactionPolicyId = "names", RedactionPolicy = new() { AllowedValues = { "blorpina" } } }, cancellationToken: Cancel);

        var redacted = await RedactAsync(host, "blorpina and zoë 😀 wren", "redactionPolicies/names");

        Assert.Equal("blorpina and <PERSON_1>", redacted.Text);
    }

    [Fact]
    public async Task Finds_the_same_in_a_stream_however_it_is_cut()
    {
        await using var host = await StartAsync();
        var text = string.Join('\n', Enumerable.Range(0, 1500).Select(i => $"😀 line {i}: blorpina asked user{i % 5}@example.com"));
        using var call = host.CreateClient().StreamRedactText(cancellationToken: Cancel);
        var reading = Task.Run(async () => await call.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel), Cancel);
        await call.RequestStream.WriteAsync(new() { Scope = "cases/stream" }, Cancel);
        foreach (var piece in text.EnumerateRunes().Chunk(997))
        {
            await call.RequestStream.WriteAsync(new() { Text = string.Concat(piece) }, Cancel);
        }

        await call.RequestStream.CompleteAsync();
        var streamed = await reading;
        var unary = await RedactAsync(host, text);

        Assert.Equal(unary.Text, string.Concat(streamed.Select(piece => piece.Text)));
        Assert.Equal(unary.Findings, streamed.SelectMany(piece => piece.Findings));
        Assert.DoesNotContain("blorpina", unary.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dead")]
    [InlineData("killed")]
    [InlineData("slow")]
    [InlineData("500")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":4000,"score":0.9}]""")]
    [InlineData("""[{"entity_type":"PERSON","start":-1,"end":4,"score":0.9}]""")]
    [InlineData("""[{"entity_type":"PERSON","start":3,"end":3,"score":0.9}]""")]
    [InlineData("""[{"entity_type":"PERSON","start":0,"end":4,"score":7}]""")]
    [InlineData("""[{"entity_type":"PERSON","score":0.9}]""")]
    [InlineData("[null]")]
    public async Task Refuses_without_a_sensible_answer_unless_it_may_go_on_without(string failure)
    {
        await using var host = await StartAsync();
        await host.CreatePolicyClient().CreateRedactionPolicyAsync(
            new() { RedactionPolicyId = "lenient", RedactionPolicy = new() { ExternalFailure = Proto.ExternalFailureMode.NativeOnly } },
                cancellationToken: Cancel);
        await FailAsync(failure);

        var refused = await Assert.ThrowsAsync<RpcException>(() => RedactAsync(host, "blorpina mailed ada@example.com"));
        var degraded = await RedactAsync(host, "blorpina mailed ada@example.com", "redactionPolicies/lenient");
        var inspected = await host.CreateClient().InspectTextAsync(
            new() { Text = "blorpina mailed ada@example.com", Policy = "redactionPolicies/lenient" }, cancellationToken: Cancel);

        Assert.Equal((StatusCode.Unavailable, ErrorReason.RecognizerUnavailable), (refused.StatusCode, RpcFault.ReasonOf(refused)));
        Assert.Equal(("blorpina mailed <EMAIL_ADDRESS_1>", true), (degraded.Text, degraded.Degraded));
        Assert.True(inspected.Degraded);
        Assert.DoesNotContain(host.Log.GetSnapshot(), record =>
            $"{record.Message} {record.Exception}".Contains("blorpina", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_when_it_is_killed_while_it_works()
    {
        await using var host = await StartAsync();
        await FailAsync("slow");
        var redacting = RedactAsync(host, "blorpina mailed ada@example.com");
        await _analyzer.Asked.WaitAsync(Cancel);

        await _analyzer.DisposeAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(() => redacting);
        Assert.Equal((StatusCode.Unavailable, ErrorReason.RecognizerUnavailable), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Lets_nothing_out_of_a_stream_in_which_it_dies()
    {
        await using var host = await StartAsync();
        using var call = host.CreateClient().StreamRedactText(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(
            new() { Scope = "cases/1", Text = string.Concat(Enumerable.Repeat("blorpina was here\n", 1000)) }, Cancel);
        await call.ResponseStream.MoveNext(Cancel);
        Assert.DoesNotContain("blorpina", call.ResponseStream.Current.Text, StringComparison.Ordinal);

        await FailAsync("dead");
        await call.RequestStream.WriteAsync(new() { Text = string.Concat(Enumerable.Repeat("blorpina was here\n", 1000)) }, Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var piece in call.ResponseStream.ReadAllAsync(Cancel))
            {
                Assert.DoesNotContain("blorpina", piece.Text, StringComparison.Ordinal);
            }
        });
        Assert.Equal(ErrorReason.RecognizerUnavailable, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Continues_without_where_the_configuration_says_so_and_the_policy_does_not()
    {
        await using var host = await StartAsync(("Redaction:External:OnFailure", "NativeOnly"));
        await host.CreatePolicyClient().CreateRedactionPolicyAsync(
            new() { RedactionPolicyId = "strict", RedactionPolicy = new() { ExternalFailure = Proto.ExternalFailureMode.Refuse } },
                cancellationToken: Cancel);
        await FailAsync("500");

        var degraded = await RedactAsync(host, "blorpina mailed ada@example.com");
        var refused = await Assert.ThrowsAsync<RpcException>(() => RedactAsync(host, "blorpina", "redactionPolicies/strict"));

        Assert.Equal(("blorpina mailed <EMAIL_ADDRESS_1>", true), (degraded.Text, degraded.Degraded));
        Assert.Equal(ErrorReason.RecognizerUnavailable, RpcFault.ReasonOf(refused));
    }

    [Fact]
    public async Task Asks_about_no_more_at_once_than_it_may()
    {
        var now = 0;
        var most = 0;
        _analyzer.Answer = async (_, context) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            await context.Response.WriteAsJsonAsync(Array.Empty<object>());
        };
        await using var host = await StartAsync(("Redaction:External:MaxConcurrency", "2"));

        await host.CreateClient().BatchRedactTextAsync(
            new() { Scope = "cases/1", Texts = { Enumerable.Range(0, 100).Select(i => $"text {i}") } }, cancellationToken: Cancel);

        Assert.Equal(100, _analyzer.Requests.Count);
        Assert.InRange(most, 1, 2);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private async Task FailAsync(string failure)
    {
        switch (failure)
        {
            case "dead":
                await _analyzer.DisposeAsync();
                break;
            case "killed":
                _analyzer.Answer = (_, context) =>
                {
                    context.Abort();
                    return Task.CompletedTask;
                };
                break;
            case "slow":
                _analyzer.Answer = (_, context) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                break;
            case "500":
                _analyzer.Answer = (_, context) =>
                {
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    return Task.CompletedTask;
                };
                break;
            default:
                _analyzer.Answer = (_, context) =>
                {
                    context.Response.ContentType = "application/json";
                    return context.Response.WriteAsync(failure, context.RequestAborted);
                };
                break;
        }
    }

    private Task<RedactionHost> StartAsync(params (string Key, string Value)[] settings) => RedactionHost.StartAsync(
        _redis,
        Cancel,
        settings: new Dictionary<string, string?>([
            new("Redaction:External:Address", _analyzer.Address),
            new("Redaction:External:Timeout", "00:00:01"),
            .. settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)),
        ]));

    private static async Task<Proto.RedactTextResponse> RedactAsync(RedactionHost host, string text, string policy = "") =>
        await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = text, Policy = policy }, cancellationToken: Cancel);
}
