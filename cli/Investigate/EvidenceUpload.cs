using System.Collections.Concurrent;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Cli.Investigate;

/// <summary>Uploads files into a case, a few at a time.</summary>
/// <param name="data">Takes them.</param>
/// <param name="display">Is told how it goes.</param>
/// <param name="openCase">Opens the case; asked once, when there is something to put into it.</param>
internal sealed class EvidenceUpload(DataService.DataServiceClient data, IProgressDisplay display, Func<Task<string>> openCase)
{
    private const int ChunkBytes = 256 * 1024;
    private const int AtOnce = 4;

    private readonly Lazy<Task<string>> _case = new(openCase);
    private long _bytes;
    private int _files;

    /// <summary>Uploads the files. One that is empty or refused is told of and left out; in the place of an archive come the files in it.</summary>
    /// <returns>The case, and what it holds now.</returns>
    /// <exception cref="CommandFailedException">None of them was taken.</exception>
    public async Task<(string Case, IReadOnlyList<Evidence> Evidence)> RunAsync(IReadOnlyList<EvidenceFile> files, CancellationToken cancellationToken)
    {
        var stored = new ConcurrentDictionary<int, Evidence>();
        var refusals = new ConcurrentQueue<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

        await Parallel.ForEachAsync(files.Index(), options, async (item, token) =>
        {
            if (item.Item.Problem is { } problem)
            {
                Refuse(item.Item, problem);
                return;
            }

            try
            {
                if (await UploadAsync(item.Item, files.Count, token) is { } evidence)
                {
                    stored[item.Index] = evidence;
                    display.Tell(Describe(item.Item, evidence));

                    foreach (var failure in evidence.Archive?.Failures ?? [])
                    {
                        Refuse(new EvidenceFile(failure.FileName, $"{item.Item.Label}/{failure.FileName}"), failure.Error.Message);
                    }
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

        if (stored.IsEmpty)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"There is nothing to investigate: {refusals.First()}.");
        }

        var caseName = await _case.Value;
        var uploaded = stored.OrderBy(item => item.Key).Select(item => item.Value).ToList();
        var unpacked = uploaded.Exists(evidence => evidence.Archive is not null) ? await ListAsync(caseName, cancellationToken) : [];

        return (caseName, [.. uploaded.SelectMany(evidence => evidence.Archive is null ? [evidence] : unpacked.Where(file => file.SourceArchive == evidence.Name))]);

        void Refuse(EvidenceFile file, string reason)
        {
            refusals.Enqueue($"{file.Label} was left out, {reason.TrimEnd('.')}");
            display.Tell($"[yellow]{PrintableText.Markup($"{file.Label} is left out: {reason.TrimEnd('.')}.")}[/]");
        }
    }

    /// <returns><c>null</c> if the file is empty.</returns>
    private async Task<Evidence?> UploadAsync(EvidenceFile file, int total, CancellationToken cancellationToken)
    {
        await using var stream = Open(file);
        var buffer = new byte[ChunkBytes];
        var read = await stream.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken);

        if (read == 0)
        {
            return null;
        }

        var caseName = await _case.Value;
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

    private async Task<List<Evidence>> ListAsync(string caseName, CancellationToken cancellationToken)
    {
        var evidence = new List<Evidence>();
        var request = new ListEvidenceRequest { Parent = caseName, PageSize = 200 };

        do
        {
            var page = await data.ListEvidenceAsync(request, cancellationToken: cancellationToken);
            evidence.AddRange(page.Evidence);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

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
        var facts = $"{JsonOutput.Name(evidence.Type)}, {Count(evidence.LineCount, "line")}, {Count(evidence.SignalCount, "signal")}"
            + (redacted > 0 ? $", {Count(redacted, "value")} redacted" : "")
            + (evidence.DuplicateOf.Length > 0 ? ", same content as another file" : "");
        return $"{PrintableText.Markup(file.Label)} [dim]{facts}[/]";
    }

    private static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
