using System.Collections.Concurrent;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Cli.Investigate;

/// <summary>Uploads files into a case, a few at a time.</summary>
internal sealed class EvidenceUpload(DataService.DataServiceClient data, IProgressDisplay display)
{
    private const int ChunkBytes = 256 * 1024;
    private const int AtOnce = 4;

    private long _bytes;
    private int _files;

    /// <summary>Uploads the files. One that is empty or refused is told of and left out.</summary>
    /// <exception cref="CommandFailedException">None of them was taken.</exception>
    public async Task<IReadOnlyList<Evidence>> RunAsync(string caseName, IReadOnlyList<EvidenceFile> files, CancellationToken cancellationToken)
    {
        var stored = new ConcurrentDictionary<int, Evidence>();
        var refusals = new ConcurrentQueue<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

        await Parallel.ForEachAsync(files.Index(), options, async (item, token) =>
        {
            try
            {
                if (await UploadAsync(caseName, item.Item, files.Count, token) is { } evidence)
                {
                    stored[item.Index] = evidence;
                    display.Tell(Describe(item.Item, evidence));
                }
                else
                {
                    Refuse(item.Item, "it is empty");
                }
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.InvalidArgument)
            {
                Refuse(item.Item, exception.Status.Detail);
            }
        });

        return stored.IsEmpty
            ? throw new CommandFailedException(ExitCode.Unreadable, $"There is nothing to investigate: {refusals.First()}.")
            : [.. stored.OrderBy(item => item.Key).Select(item => item.Value)];

        void Refuse(EvidenceFile file, string reason)
        {
            refusals.Enqueue($"{file.Label} was left out, {reason.TrimEnd('.')}");
            display.Tell($"[yellow]{PrintableText.Markup($"{file.Label} is left out: {reason.TrimEnd('.')}.")}[/]");
        }
    }

    /// <returns><c>null</c> if the file is empty.</returns>
    private async Task<Evidence?> UploadAsync(string caseName, EvidenceFile file, int total, CancellationToken cancellationToken)
    {
        await using var stream = Open(file);
        var buffer = new byte[ChunkBytes];
        var read = await stream.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken);

        if (read == 0)
        {
            return null;
        }

        using var call = data.UploadEvidence(cancellationToken: cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(
                new() { Metadata = new() { Parent = caseName, FileName = Path.GetFileName(file.Path) } }, cancellationToken);

            while (read > 0)
            {
                await call.RequestStream.WriteAsync(new() { Chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read)) }, cancellationToken);
                display.Show($"Uploading {total} files: {_files} stored, {Interlocked.Add(ref _bytes, read) / 1048576.0:0.0} MiB sent");
                read = await stream.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is InvalidOperationException or RpcException && !cancellationToken.IsCancellationRequested)
        {
            // The server has answered before the end, so its answer tells why.
        }

        var evidence = await call;
        Interlocked.Increment(ref _files);
        return evidence;
    }

    private static FileStream Open(EvidenceFile file)
    {
        try
        {
            return new FileStream(file.Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{file.Label} cannot be read: {exception.Message}", exception);
        }
    }

    private static string Describe(EvidenceFile file, Evidence evidence)
    {
        var redacted = evidence.Redactions.Values.Sum();
        var facts = $"{JsonOutput.Name(evidence.Type)}, {evidence.LineCount} lines, {evidence.SignalCount} signals"
            + (redacted > 0 ? $", {redacted} values redacted" : "")
            + (evidence.DuplicateOf.Length > 0 ? ", same content as another file" : "");
        return $"{PrintableText.Markup(file.Label)} [dim]{facts}[/]";
    }
}
