using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Redaction.Tests;

public sealed class StreamingText
{
    private static readonly string s_log = string.Join('\n', Enumerable.Range(0, 3000).Select(i =>
        $"2026-03-01T10:15:{i % 60:00}Z WARN login of user{i % 9}@example.com from 10.20.30.{i % 200}, password=Zt7-made-up-{i % 4}, "
        + $"retry in {i}ms"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_what_the_unary_call_answers()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();

        var (text, findings) = await StreamAsync(client, "cases/streamed", s_log.Chunk(4099).Select(chars => new string(chars)));
        var unary = await client.RedactTextAsync(new() { Scope = "cases/unary", Text = s_log }, cancellationToken: Cancel);

        Assert.Equal(unary.Text, text);
        Assert.Equal(unary.Findings, findings);
    }

    [Fact]
    public async Task Holds_back_at_most_what_it_promises()
    {
        const int Promised = 64 * 1024;
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        using var call = host.CreateClient().StreamRedactText(cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(new() { Scope = "cases/1", Text = s_log }, Cancel);
        long covered = 0;
        while (covered < Encoding.UTF8.GetByteCount(s_log) - Promised)
        {
            Assert.True(await call.ResponseStream.MoveNext(Cancel));
            covered = call.ResponseStream.Current.Findings.LastOrDefault()?.End ?? covered;
        }
    }

    [Fact]
    public async Task Needs_a_scope_in_its_first_request()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(() => StreamAsync(host.CreateClient(), "", ["text"]));

        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Refuses_a_piece_beyond_its_limit()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(
            () => StreamAsync(host.CreateClient(), "cases/1", [new string('x', (1024 * 1024) + 1)]));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task Answers_in_UTF_8_and_in_counts_what_it_answers_in_text()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        var log = $"é{s_log}\U0001f600";
        var unary = await client.RedactTextAsync(new() { Scope = "cases/unary", Text = log }, cancellationToken: Cancel);

        using var call = client.StreamRedactText(cancellationToken: Cancel);
        var reading = call.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel);
        foreach (var piece in log.Chunk(10_007))
        {
            await call.RequestStream.WriteAsync(
                new() { Scope = "cases/streamed", Utf8Responses = true, CountsOnly = true, Utf8Text =
                    ByteString.CopyFromUtf8(new string(piece)) }, Cancel);
        }

        await call.RequestStream.CompleteAsync();
        var responses = await reading;

        Assert.Equal(unary.Text, Encoding.UTF8.GetString(responses.SelectMany(response => response.Utf8Text).ToArray()));
        Assert.All(responses, response => Assert.True(response is { Text: "", Findings.Count: 0, Utf8Text.Length: <= 64 * 1024 }));
        Assert.Equal(
            unary.Findings.CountBy(finding => finding.Type).OrderBy(type => type.Key),
            responses.SelectMany(response => response.FindingCounts).GroupBy(count => count.Key, count => count.Value)
                .Select(type => KeyValuePair.Create(type.Key, (int)type.Sum())).OrderBy(type => type.Key));
    }

    [Fact]
    public async Task Refuses_a_piece_in_two_forms()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        using var call = host.CreateClient().StreamRedactText(cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(new() { Scope = "cases/1", Text = "one", Utf8Text = ByteString.CopyFromUtf8("other") }, Cancel);
        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));

        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Two_replicas_never_disagree_about_a_scope()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var first = await RedactionHost.StartAsync(redis, Cancel);
        await using var second = await RedactionHost.StartAsync(redis, Cancel);
        var clients = new[] { first.CreateClient(), second.CreateClient() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            var mails = Enumerable.Range(0, 30).Select(i => $"user{(i * 7 + caller * 11) % 30}@example.com").ToArray();
            var response = await clients[caller % 2]
                .RedactTextAsync(new() { Scope = "cases/1", Text = string.Join('\n', mails) }, cancellationToken: Cancel);
            return mails.Zip(response.Text.Split('\n')).ToDictionary(pair => pair.First, pair => pair.Second);
        }));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(30, answers[0].Values.Distinct().Count());
    }

    private static async Task<(string Text, IReadOnlyList<Proto.Finding> Findings)> StreamAsync(
        Proto.RedactionService.RedactionServiceClient client, string scope, IEnumerable<string> pieces)
    {
        using var call = client.StreamRedactText(cancellationToken: Cancel);
        var text = new StringBuilder();
        var findings = new List<Proto.Finding>();
        var reading = Task.Run(
            async () =>
            {
                await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel))
                {
                    text.Append(response.Text);
                    findings.AddRange(response.Findings);
                }
            },
            Cancel);

        // The reader of a refused stream gets the reason; its writer only learns that it has ended.
        try
        {
            foreach (var piece in pieces)
            {
                await call.RequestStream.WriteAsync(new() { Scope = scope, Text = piece }, Cancel);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            await reading;
        }

        await reading;
        return (text.ToString(), findings);
    }
}
