using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// A caller whose text pauses gets the lines that have waited, except those that text to come may still turn into a part of a secret.
/// </summary>
public sealed class FlushingStreams
{
    private const string Body = "MadeUpForTestsOnly0MadeUpForTestsOnly0MadeUpForTestsOnly0MadeUp0";

    // Made up, and cut where a writer may pause.
    public static TheoryData<string, string> Secrets => new()
    {
        { "a key", $"-----BEGIN PRIVATE KEY-----\n{Body}\n{Body}\n{Body}\n-----END PRIVATE KEY-----\n" },
        { "a key in a document", $"tls:\n  key: |\n    -----BEGIN RSA PRIVATE KEY-----\n    {Body}\n    -----END RSA PRIVATE KEY-----\n" },
        {
            "a key in a log",
            $"10:00:01 app -----BEGIN EC PRIVATE KEY-----\n10:00:01 app {Body}\n10:00:02 app {Body}\n"
                + "10:00:02 app -----END EC PRIVATE KEY-----\n"
        },
        {
            "a key of PuTTY",
            $"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: made up\nPublic-Lines: 6\n{Lines(6)}Private-Lines: 14\n{Lines(14)}"
                + $"Private-MAC: {new string('0', 64)}\n"
        },
        { "a block", "password: |\n  made-up-first-line\n  made-up-second-line\n  made-up-third-line\nname: shop\n" },
        { "a value below its name", "password:\n  made-up-Zt7-password\n" },
        {
            "a web key",
            $"{{\n  \"d\": \"{Body[..43]}\",\n  \"crv\": \"P-256\",\n  \"x\": \"{new string('A', 43)}\",\n  \"kty\": \"EC\"\n}}\n"
        },
        { "a pair", "{\n  \"name\": \"DB_PASSWORD\",\n  \"value\": \"made-up-Zt7-password\"\n}\n" },
        {
            "encoded lines",
            string.Join('\n', Convert.ToBase64String(
                System.Text.Encoding.UTF8.GetBytes($"user=shop\nhost=db\npassword={Body}\n")).Chunk(20).Select(line => new string(line)))
                + "\n"
        },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_the_whole_lines_that_waited()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        using var call = host.CreateClient().StreamRedactText(cancellationToken: Cancel);

        Assert.Equal("one ann@example.com\ntwo\n".Replace("ann@example.com", "<EMAIL_ADDRESS_1>", StringComparison.Ordinal),
            await FlushAsync(call, "one ann@example.com\ntwo\nthr"));
        Assert.Equal("three\nfrom <EMAIL_ADDRESS_1>\n", await FlushAsync(call, "ee\nfrom ann@example.com\n"));
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task Holds_what_may_become_a_secret(string what, string secret)
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        var text = $"before\n{secret}after\n";
        var unary = await client.RedactTextAsync(new() { Scope = $"cases/{what[2]}u", Text = text }, cancellationToken: Cancel);
        Assert.NotEmpty(unary.Findings);

        using var call = client.StreamRedactText(cancellationToken: Cancel);
        var streamed = "";
        var reading = Task.Run(
            async () =>
            {
                await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel))
                {
                    streamed += response.Text;
                }
            },
            Cancel);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await call.RequestStream.WriteAsync(new() { Scope = $"cases/{what[2]}s", Text = $"{line}\n", Flush = true }, Cancel);
        }

        await call.RequestStream.CompleteAsync();
        await reading;

        Assert.Equal(unary.Text, streamed);
    }

    [Fact]
    public async Task Does_not_wait_for_ever_for_the_end_of_what_was_opened()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        using var call = host.CreateClient().StreamRedactText(cancellationToken: Cancel);

        var text = "config {\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"line {i} of what never ends\n"));

        Assert.StartsWith("config {\nline 0 of", await FlushAsync(call, text), StringComparison.Ordinal);
    }

    private static async Task<string> FlushAsync(
        AsyncDuplexStreamingCall<Proto.StreamRedactTextRequest, Proto.StreamRedactTextResponse> call, string text)
    {
        await call.RequestStream.WriteAsync(new() { Scope = "cases/1", Text = text, Flush = true }, Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        return call.ResponseStream.Current.Text;
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat($"{Body}\n", count));
}
