using System.Text;
using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// Text that reaches the service in pieces is treated as the same text in one: whatever it holds, wherever it is cut between two
/// characters. Cuts go through words, values, placeholders, escapes and line ends alike.
/// </summary>
public sealed class CuttingStreams
{
    private static readonly string[] s_planted =
    [
        "password=Zt7-made-up", "{\"api_key\":\"Zt7madeUp000Qw9xK2\"}", "https://ada:Zt7-made-up@git.example.com/x",
        "token ghp_MadeUpForTestsOnly0MadeUpForTestsOnl", "ada@example.com",
        "from 10.20.30.40 to 2001:db8::17", "card 4111 1111 1111 1111", "Dear Ada Lovelace,\n", "d cGFzc3dvcmQ9WnQ3LW1hZGUtdXA= end",
        "-----BEGIN PRIVATE KEY-----\nMadeUpForTestsOnly0MadeUp\n-----END PRIVATE KEY-----",
        "password=Zt7😀made", "пароль: Zt7-made-up", "password%3DZt7-made-up%26x", "<EMAIL_ADDRESS_1> <SECRET_77>",
        "call me at (202) 555-0143",
    ];

    private static readonly string[] s_around =
        [" ", "\n", "\r\n", "é", "中文", "😀", "👩\u200d💻", "\0", "\u200b", "\"", "took 12ms ", "GET /orders/42 200 ",
        "at c.e.shop.Cart(Cart.java:42)\n", "x"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Never_changes_what_is_redacted_or_restored()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();

        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var text = Text(random, seed % 6 == 0 ? 3_000 : 30);

            var unary = await client.RedactTextAsync(new() { Scope = $"cases/u{seed}", Text = text }, cancellationToken: Cancel);
            var streamed = await RedactAsync(client, $"cases/s{seed}", Cut(random, text));

            Assert.Equal(unary.Text, streamed.Text);
            Assert.Equal(unary.Findings, streamed.Findings);
            Assert.DoesNotContain("made-up", streamed.Text, StringComparison.Ordinal);
            Assert.Equal(text, await RestoreAsync(client, $"cases/s{seed}", Cut(random, streamed.Text)));
        }
    }

    [Fact]
    public async Task Lets_no_secret_out_wherever_it_is_flushed()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();

        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var text = Text(random, seed % 6 == 0 ? 3_000 : 30);

            var streamed = await RedactAsync(client, $"cases/f{seed}", Cut(random, text), _ => random.Next(2) == 0);

            Assert.DoesNotContain("made-up", streamed.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("MadeUpForTests", streamed.Text, StringComparison.Ordinal);
            Assert.Equal(text, await RestoreAsync(client, $"cases/f{seed}", Cut(random, streamed.Text)));
        }
    }

    [Fact]
    public async Task Never_changes_what_is_found_wherever_the_one_cut_is()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        const string Line = "ada@example.com 😀 password%3DZt7-made-up <SECRET_7> from 10.20.30.40";
        var runes = Line.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        var unary = await client.RedactTextAsync(new() { Scope = "cases/1", Text = Line }, cancellationToken: Cancel);

        for (var at = 0; at <= runes.Length; at++)
        {
            var streamed = await RedactAsync(client, "cases/1", [string.Concat(runes[..at]), "", string.Concat(runes[at..])]);

            Assert.Equal(unary.Text, streamed.Text);
            Assert.Equal(unary.Findings, streamed.Findings);
        }
    }

    private static string Text(Random random, int pieces) =>
        string.Concat(Enumerable.Range(0, pieces)
            .Select(_ => random.Next(3) == 0 ? $" {s_planted[random.Next(s_planted.Length)]} " : s_around[random.Next(s_around.Length)]));

    // Between two characters, as the contract asks: a piece can't hold half of one.
    private static IEnumerable<string> Cut(Random random, string text)
    {
        var longest = random.Next(3) switch { 0 => 3, 1 => 100, _ => 40_000 };
        var piece = new StringBuilder();
        var left = random.Next(longest);
        foreach (var rune in text.EnumerateRunes())
        {
            piece.Append(rune.ToString());
            if (left-- <= 0)
            {
                yield return piece.ToString();
                piece.Clear();
                left = random.Next(longest);
            }
        }

        yield return piece.ToString();
    }

    private static async Task<(string Text, List<Proto.Finding> Findings)> RedactAsync(
        Proto.RedactionService.RedactionServiceClient client, string scope, IEnumerable<string> pieces,
        Func<string, bool>? isFlushed = null)
    {
        using var call = client.StreamRedactText(cancellationToken: Cancel);
        var text = new StringBuilder();
        var findings = new List<Proto.Finding>();
        var writing = WriteAsync(
            call.RequestStream,
            pieces.Select(piece =>
                new Proto.StreamRedactTextRequest { Scope = scope, Text = piece, Flush = isFlushed?.Invoke(piece) == true }));
        await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel))
        {
            text.Append(response.Text);
            findings.AddRange(response.Findings);
        }

        await writing;
        return (text.ToString(), findings);
    }

    private static async Task<string> RestoreAsync(Proto.RedactionService.RedactionServiceClient client, string scope,
        IEnumerable<string> pieces)
    {
        using var call = client.StreamRestoreText(cancellationToken: Cancel);
        var text = new StringBuilder();
        var writing = WriteAsync(call.RequestStream,
            pieces.Select(piece => new Proto.StreamRestoreTextRequest { Scope = scope, Text = piece }));
        await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel))
        {
            text.Append(response.Text);
        }

        await writing;
        return text.ToString();
    }

    private static async Task WriteAsync<T>(IClientStreamWriter<T> stream, IEnumerable<T> requests)
    {
        foreach (var request in requests)
        {
            await stream.WriteAsync(request, Cancel);
        }

        await stream.CompleteAsync();
    }
}
