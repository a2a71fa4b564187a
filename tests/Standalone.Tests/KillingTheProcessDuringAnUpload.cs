using System.Text;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Standalone.Tests;

public sealed class KillingTheProcessDuringAnUpload : IDisposable
{
    private string _parent = "";
    private const int ChunkCount = 200;

    /// <summary>How much of the 200 MB is redacted and on the disk when the process is killed.</summary>
    private const long KilledAfter = 12 << 20;

    private static readonly byte[] s_chunk =
    [
        .. Enumerable.Repeat("2026-03-01T10:00:00Z INFO pool: 7 of 20 connections in use\n"u8.ToArray(), 17_000).SelectMany(line => line),
    ];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-kill-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<string> EvidenceFiles => Directory.EnumerateFiles(
        Path.Combine(_directory.FullName, "evidence"), "*", new EnumerationOptions { RecurseSubdirectories = true });

    [Fact]
    public async Task Leaves_the_case_as_it_was_and_nothing_of_the_upload()
    {
        string kept;
        await using (var first = await StandaloneProcess.StartAsync(_directory.FullName, Cancel))
        {
            var data = new DataService.DataServiceClient(first.Channel);
            _parent = (await new SessionService.SessionServiceClient(first.Channel).CreateCaseAsync(
                new() { Title = "Killed" }, cancellationToken: Cancel)).Name;
            kept = (await data.CreateEvidenceAsync(
                new() { Parent = _parent, FileName = "kept.log", Content = ByteString.CopyFrom("kept\n", Encoding.UTF8) },
                cancellationToken: Cancel)).Name;
            await KillDuringUploadAsync(first, data);
        }

        // It was under way: a good part of it is on the disk.
        Assert.True(EvidenceFiles.Sum(path => new FileInfo(path).Length) >= KilledAfter);

        await using var second = await StandaloneProcess.StartAsync(_directory.FullName, Cancel);
        var again = new DataService.DataServiceClient(second.Channel);

        Assert.Equal(
            kept, Assert.Single((await again.ListEvidenceAsync(new() { Parent = _parent }, cancellationToken: Cancel)).Evidence).Name);
        Assert.Equal(["kept"], (await again.ReadEvidenceLinesAsync(new() { Name = kept }, cancellationToken: Cancel)).Lines);
        Assert.Equal("kept\n", await File.ReadAllTextAsync(Assert.Single(EvidenceFiles), Cancel));

        // The same can be uploaded again.
        var uploaded = await UploadAsync(again, s_chunk);
        Assert.Equal((17_000L, ""), (uploaded.LineCount, uploaded.DuplicateOf));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task KillDuringUploadAsync(StandaloneProcess process, DataService.DataServiceClient data)
    {
        using var call = data.ImportEvidence(cancellationToken: Cancel);
        var sending = SendAsync(call);

        while (await call.ResponseStream.MoveNext(Cancel) && call.ResponseStream.Current.Progress.BytesRedacted < KilledAfter)
        {
            Assert.Equal(ImportStage.Receiving, call.ResponseStream.Current.Progress.Stage);
        }

        await process.KillAsync();

        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));
        Assert.False(await sending);
    }

    /// <returns>False if the service went away before it had all of it.</returns>
    private async Task<bool> SendAsync(AsyncDuplexStreamingCall<ImportEvidenceRequest, ImportEvidenceResponse> call)
    {
        try
        {
            await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = _parent, FileName = "large.log" } }, Cancel);

            for (var i = 0; i < ChunkCount; i++)
            {
                await call.RequestStream.WriteAsync(new() { Chunk = UnsafeByteOperations.UnsafeWrap(s_chunk) }, Cancel);
            }

            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private async Task<Evidence> UploadAsync(DataService.DataServiceClient data, byte[] content)
    {
        using var call = data.UploadEvidence(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = _parent, FileName = "large.log" } }, Cancel);
        await call.RequestStream.WriteAsync(new() { Chunk = UnsafeByteOperations.UnsafeWrap(content) }, Cancel);
        await call.RequestStream.CompleteAsync();

        return await call;
    }
}
