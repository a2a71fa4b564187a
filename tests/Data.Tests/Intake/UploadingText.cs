using System.IO.Compression;
using System.Text;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

public sealed class UploadingText(DataHost host)
{
    private const string Secret = "PLANTED-7Q2WX9ZK4";

    [Fact]
    public async Task Leaves_no_secret_in_any_file_or_store_or_log()
    {
        // Of its own: it reads every file there is.
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();

        var evidence = await host.Client.UploadAsync(parent, $"{Secret}.log", $"one\ntoken={Secret} two\n");

        Assert.Equal($"{ScriptedRedaction.Placeholder}.log", evidence.FileName);
        Assert.Equal(2, evidence.Redactions["SECRET"]);
        Assert.Equal(["one", $"token={ScriptedRedaction.Placeholder} two"], await host.Client.ReadAllLinesAsync(evidence.Name));
        Assert.NotEmpty(FilesThatHold(host, "token="));
        Assert.Empty(FilesThatHold(host, Secret));
        Assert.DoesNotContain(
            host.Logs.GetSnapshot(), record => $"{record.Message} {record.Exception}".Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Describes_what_was_stored()
    {
        var parent = NewCase();
        var text = "first\r\nsecond\rthird €";

        var evidence = await host.Client.UploadAsync(parent, "../logs/app.log", text);

        Assert.StartsWith($"{parent}/evidence/", evidence.Name, StringComparison.Ordinal);
        Assert.Equal("app.log", evidence.FileName);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), evidence.SizeBytes);
        Assert.Equal(3, evidence.LineCount);
        Assert.Equal(Sha256("first\nsecond\nthird €"), evidence.ContentSha256);
        Assert.NotEmpty(evidence.Reasons);
        Assert.NotNull(evidence.CreateTime);
        Assert.Equal(evidence, await host.Client.GetEvidenceAsync(new() { Name = evidence.Name }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Stores_the_same_content_in_a_case_once()
    {
        var parent = NewCase();

        var first = await host.Client.UploadAsync(parent, "a.log", "same\n");
        var second = await host.Client.UploadAsync(parent, "b.log", "same\n");
        var elsewhere = await host.Client.UploadAsync(NewCase(), "a.log", "same\n");

        Assert.Equal((first.Name, first.Name), (second.Name, second.DuplicateOf));
        Assert.Empty(elsewhere.DuplicateOf);
        Assert.Single((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
    }

    [Fact]
    public async Task Stores_the_same_content_once_when_it_comes_many_times_at_once()
    {
        var parent = NewCase();

        var uploads = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => host.Client.UploadAsync(parent, $"{i}.log", "racing\n")));

        var original = Assert.Single(uploads, evidence => evidence.DuplicateOf.Length == 0);
        Assert.All(uploads, evidence => Assert.Equal(original.Name, evidence.Name));
        Assert.Single(Directory.GetFiles(Path.Combine(host.DataDirectory, "blobs", "local", parent["cases/".Length..])));
    }

    [Fact]
    public async Task Inflates_gzip()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"line {i} {Secret}\n"));

        var evidence = await host.Client.UploadAsync(NewCase(), "app.log.gz", Gzip(text), chunkSize: 100);

        Assert.Equal(5_000, evidence.LineCount);
        Assert.Equal(Gzip(text).Length, evidence.SizeBytes);
        Assert.Equal($"line 1 {ScriptedRedaction.Placeholder}", (await host.Client.ReadAllLinesAsync(evidence.Name))[1]);
    }

    [Fact]
    public async Task Keeps_what_comes_before_the_damage_of_a_gzip_file()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"line {i} {Guid.NewGuid()}\n"));
        var gzip = Gzip(text);

        var cutOff = await host.Client.UploadAsync(NewCase(), "cut.gz", gzip[..(gzip.Length / 2)]);

        Assert.InRange(cutOff.LineCount, 1_000, 49_000);
        Assert.Contains(cutOff.Reasons, reason => reason.Contains("damaged", StringComparison.Ordinal));
        Assert.StartsWith("line 0 ", (await host.Client.ReadAllLinesAsync(cutOff.Name))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_type_from_the_caller()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "notes", "anything", EvidenceType.Alert);

        Assert.Equal((EvidenceType.Alert, 1.0), (evidence.Type, evidence.Confidence));
    }

    [Fact]
    public async Task Takes_small_content_in_one_request()
    {
        var parent = NewCase();

        var pasted = await host.Client.CreateEvidenceAsync(
            new() { Parent = parent, FileName = "pasted.txt", Content = Google.Protobuf.ByteString.CopyFromUtf8($"{Secret}\n") },
            cancellationToken: Cancel);

        Assert.Equal([ScriptedRedaction.Placeholder], await host.Client.ReadAllLinesAsync(pasted.Name));
    }

    [Fact]
    public async Task Keeps_the_evidence_when_an_analyser_fails()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "a.md", "!bug\nrest\n", MarkedLines.Type);

        Assert.Equal((0, 2), (evidence.SignalCount, evidence.LineCount));
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();

        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static IEnumerable<string> FilesThatHold(DataHost host, string text) =>
        new[] { host.DataDirectory, host.RedisDirectory }
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true }))
            .Where(path =>
                !path.EndsWith(".sock", StringComparison.Ordinal)
                    && File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
}
