using System.Collections.Concurrent;
using FaultMaven.Cli.CaseEvidence;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Cli.Investigate;

/// <summary>Uploads files into a case, a few at a time.</summary>
/// <param name="data">The service that stores them.</param>
/// <param name="display">Shows the progress.</param>
/// <param name="openCase">Opens or names the case; called once, when there is something to put into it.</param>
internal sealed class EvidenceUpload(DataService.DataServiceClient data, IProgressDisplay display, Func<Task<string>> openCase)
{
    private const int ChunkBytes = 256 * 1024;
    private const int AtOnce = 4;

    // With more files than this, one line sums them up.
    private const int MaxLines = 20;

    private readonly Lazy<Task<string>> _case = new(openCase);
    private long _bytes;
    private int _files;

    /// <summary>Uploads the files. An empty or refused one is reported and left out; an archive is replaced by its files.</summary>
    /// <returns>The case, and the evidence that was stored.</returns>
    /// <exception cref="CommandFailedException">None was stored.</exception>
    public async Task<(string Case, IReadOnlyList<Evidence> Evidence)> RunAsync(
        IReadOnlyList<EvidenceFile> files, CancellationToken cancellationToken)
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
                    if (files.Count <= MaxLines)
                    {
                        display.Print(Describe(item.Item, evidence));
                    }

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
            throw new CommandFailedException(ExitCode.Unreadable, $"No evidence was stored: {refusals.First()}.");
        }

        var caseName = await _case.Value;
        var uploaded = stored.OrderBy(item => item.Key).Select(item => item.Value).ToList();
        if (files.Count > MaxLines)
        {
            display.Print(Summarize(uploaded));
        }

        var unpacked = uploaded.Exists(evidence => evidence.Archive is not null)
            ? await CaseNames.EvidenceAsync(data, caseName, cancellationToken).ToListAsync(cancellationToken)
            : [];
        return (caseName, [.. uploaded.SelectMany(FilesOf)]);

        IEnumerable<Evidence> FilesOf(Evidence evidence) =>
            evidence.Archive is null ? [evidence] : unpacked.Where(file => file.SourceArchive == evidence.Name);

        void Refuse(EvidenceFile file, string reason)
        {
            refusals.Enqueue($"{file.Label} was left out, {reason.TrimEnd('.')}");
            display.Print($"[yellow]{PrintableText.Markup($"{file.Label} is left out: {reason.TrimEnd('.')}.")}[/]");
        }
    }

    /// <returns><c>null</c> if the file is empty.</returns>
    private async Task<Evidence?> UploadAsync(EvidenceFile file, int total, CancellationToken cancellationToken)
    {
        await using var stream = file.Open();
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
                new() { Metadata = new() { Parent = caseName, FileName = file.FileName, RequestId = $"{Guid.NewGuid():N}" } },
                cancellationToken);

            while (read > 0)
            {
                await call.RequestStream.WriteAsync(
                    new() { Chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read)) }, cancellationToken);
                var sent = Interlocked.Add(ref _bytes, read) / 1048576.0;
                display.Show($"Uploading {Counted.Of(total, "file")}: {_files} stored, {sent:0.0} MiB sent");
                read = await stream.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or RpcException && !cancellationToken.IsCancellationRequested)
        {
            // The server answered before the end of the upload; its answer gives the reason.
        }

        var evidence = await call;
        Interlocked.Increment(ref _files);
        return evidence;
    }

    private static string Describe(EvidenceFile file, Evidence evidence)
    {
        var redacted = evidence.Redactions.Values.Sum();
        var facts = $"{JsonOutput.Name(evidence.Type)}, {EvidenceText.Size(evidence)}"
            + (redacted > 0 ? $", {Counted.Of(redacted, "value")} redacted" : "")
            + (evidence.DuplicateOf.Length > 0 ? ", same content as another file" : "");
        return $"{PrintableText.Markup(file.Label)} [dim]{facts}[/]";
    }

    private static string Summarize(List<Evidence> evidence)
    {
        var types = evidence
            .CountBy(item => item.Type)
            .OrderByDescending(type => type.Value)
            .Select(type => $"{type.Value} {JsonOutput.Name(type.Key)}");
        var lines = Counted.Of(evidence.Sum(item => item.LineCount), "line");
        var signals = Counted.Of(evidence.Sum(item => (long)item.SignalCount), "signal");
        var redacted = Counted.Of(evidence.Sum(item => item.Redactions.Values.Sum()), "value");
        return $"Stored {Counted.Of(evidence.Count, "file")} [dim]{string.Join(", ", types)}; {lines}, {signals}, {redacted} redacted[/]";
    }
}
