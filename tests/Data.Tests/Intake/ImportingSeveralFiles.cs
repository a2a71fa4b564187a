using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;
using static FaultMaven.Data.Tests.Intake.Packed;

namespace FaultMaven.Data.Tests.Intake;

public sealed class ImportingSeveralFiles(DataHost host)
{
    [Fact]
    public async Task Stores_nine_of_ten_and_explains_the_tenth()
    {
        var parent = NewCase();
        var request = new UploadSmallFilesRequest { Parent = parent };
        request.Requests.Add(Enumerable.Range(0, 10).Select(i => new CreateEvidenceRequest
        {
            FileName = $"{i}.log",
            Content = ByteString.CopyFromUtf8(i == 4 ? "" : $"line of {i}\n"),
        }));

        var results = (await host.Client.UploadSmallFilesAsync(request, cancellationToken: Cancel)).Results;

        Assert.Equal(("4.log", ErrorReason.EmptyContent), (results[4].FileName, results[4].Error.Reason()));
        Assert.Equal("4.log is empty.", results[4].Error.Message);
        Assert.Equal(9, (await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence.Count);
        Assert.Equal(
            ["0.log", "1.log", "2.log", "3.log", "5.log"],
            results.Where(result => result.Evidence is not null).Select(result => result.Evidence.FileName).Take(5));
    }

    [Fact]
    public async Task Refuses_eleven_and_stores_none()
    {
        var parent = NewCase();
        var request = new UploadSmallFilesRequest { Parent = parent };
        request.Requests.Add(
            Enumerable.Range(0, 11)
                .Select(i => new CreateEvidenceRequest { FileName = $"{i}.log", Content = ByteString.CopyFromUtf8($"{i}\n") }));

        await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.InvalidField,
            () => host.Client.UploadSmallFilesAsync(request, cancellationToken: Cancel).ResponseAsync);

        Assert.Empty((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
    }

    [Fact]
    public async Task Streams_one_after_the_other_and_reports_progress()
    {
        var parent = NewCase();
        byte[] large = [.. Enumerable.Repeat("what a large log says, over and over\n"u8.ToArray(), 400_000).SelectMany(line => line)];

        var responses = await ImportAsync(
            parent, ("large.log", large), ("empty.log", []), ("bundle.zip", Zip(("a.log", Bytes("a\n")), ("b.log", Bytes("b\n")))));

        var progress = responses.Where(response => response is { FileIndex: 0, Progress: not null })
            .Select(response => response.Progress).ToList();
        Assert.Equal((ImportStage.Receiving, 0L), (progress[0].Stage, progress[0].BytesRedacted));
        Assert.InRange(progress[2].BytesRedacted, 8 << 20, 9 << 20);
        Assert.Equal(
            (ImportStage.Analyzing, large.Length, large.Length, 400_000L),
            (progress[^1].Stage, progress[^1].BytesReceived, progress[^1].BytesRedacted, progress[^1].LineCount));
        Assert.Equal(
            progress.OrderBy(step => step.BytesReceived).Select(step => step.BytesReceived), progress.Select(step => step.BytesReceived));
        Assert.Equal(400_000, Result(0).Evidence.LineCount);
        Assert.Equal(ErrorReason.EmptyContent, Result(1).Error.Reason());
        Assert.Equal(
            ["a.log", "b.log"],
            responses.Where(response => response is { FileIndex: 2, EntryResult: not null })
                .Select(response => response.EntryResult.Evidence.FileName));
        Assert.Equal(
            ["a.log", "b.log"],
            responses.Where(response => response is { FileIndex: 2, Progress: not null }).Select(response => response.Progress.Entry)
                .Distinct());
        Assert.Equal(2, Result(2).Evidence.Archive.StoredCount);

        EvidenceResult Result(int index) => responses.Single(response => response.FileIndex == index && response.Result is not null).Result;
    }

    [Fact]
    public async Task Continues_after_a_file_that_is_too_large()
    {
        await using var strict = await DataHost.StartAsync(("Data:Limits:MaxFileBytes", "1000"));

        var responses = await ImportAsync(strict, NewCase(), ("large.log", new byte[100_000]), ("small.log", Bytes("small\n")));

        Assert.Equal(
            [ErrorReason.TooLarge, (ErrorReason?)null],
            responses.Where(response => response.Result is not null).Select(response => response.Result.Error?.Reason()));
    }

    [Fact]
    public async Task Refuses_an_eleventh_file_and_keeps_what_it_acknowledged()
    {
        var parent = NewCase();

        await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.InvalidField,
            () => ImportAsync(parent, [.. Enumerable.Range(0, 11).Select(i => ($"{i}.log", Bytes($"{i}\n")))]));

        Assert.Equal(10, (await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence.Count);
    }

    private Task<List<ImportEvidenceResponse>> ImportAsync(string parent, params (string FileName, byte[] Content)[] files) =>
        ImportAsync(host, parent, files);

    private static async Task<List<ImportEvidenceResponse>> ImportAsync(
        DataHost host, string parent, params (string FileName, byte[] Content)[] files)
    {
        using var call = host.Client.ImportEvidence(cancellationToken: Cancel);
        var responses = call.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel).AsTask();

        try
        {
            foreach (var (fileName, content) in files)
            {
                await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = parent, FileName = fileName } }, Cancel);

                foreach (var chunk in content.Chunk(1 << 18))
                {
                    await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(chunk) }, Cancel);
                }
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is InvalidOperationException or RpcException)
        {
            // The service has ended the call; its answer says why.
        }

        return await responses;
    }
}
