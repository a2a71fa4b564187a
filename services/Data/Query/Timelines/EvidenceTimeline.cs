using FaultMaven.Data.Analysis.Documents.EmbeddedLogs;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;

namespace FaultMaven.Data.Query.Timelines;

/// <summary>
/// Counts the log entries of a case over time, file by file, in one pass over each. A document with logs in it is held in memory while it
/// is read.
/// </summary>
internal sealed class EvidenceTimeline(EvidenceListing listing, IBlobStore blobs)
{
    private const int BlockLength = 1 << 15;

    /// <summary>After how many bytes progress is reported again.</summary>
    private const long ProgressStep = 16L << 20;

    /// <summary>The logs of a case, oldest first.</summary>
    public async Task<IReadOnlyList<Proto.Evidence>> ListLogsAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var logs = new List<Proto.Evidence>();

        await foreach (var evidence in listing.ReadAllAsync(parent, cancellationToken))
        {
            if (evidence.Type is Proto.EvidenceType.Logs or Proto.EvidenceType.ErrorReport)
            {
                logs.Add(evidence);
            }
        }

        return logs;
    }

    /// <summary>From when to when a time line of these logs reaches; null if none of them has a time.</summary>
    public static (DateTimeOffset First, DateTimeOffset Last)? Span(IReadOnlyList<Proto.Evidence> logs, TimelineQuery query)
    {
        var first = query.StartTime ?? logs.Min(log => log.StartTime?.ToDateTimeOffset());
        var last = query.EndTime - TimeSpan.FromTicks(1) ?? logs.Max(log => log.EndTime?.ToDateTimeOffset());

        return first <= last ? (first.Value, last.Value) : null;
    }

    /// <summary>Counts the entries of logs of a case.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="logs">The logs.</param>
    /// <param name="query">What to count.</param>
    /// <param name="buckets">The buckets to count in.</param>
    /// <param name="report">Called with the progress, at the start and every 16 MiB or so.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<TimelineCount> CountAsync(
        CaseName parent,
        IReadOnlyList<Proto.Evidence> logs,
        TimelineQuery query,
        TimelineBuckets buckets,
        Func<Proto.ReadProgress, Task> report,
        CancellationToken cancellationToken)
    {
        var count = new TimelineCount(query, buckets);
        var progress = new Proto.ReadProgress { BytesTotal = await listing.CountBytesAsync(parent, logs, cancellationToken) };
        var before = 0L;

        foreach (var log in logs.Where(log => log.LineCount > 0))
        {
            if (EvidenceName.TryParse(log.Name, out var name)
                && await blobs.TryOpenReadAsync(name, log.ContentSha256, cancellationToken) is { } stream)
            {
                var length = stream.Length;
                progress.FileName = log.FileName;
                await report(progress.Clone());
                await ReadAsync(log, stream, count, ReportAsync, cancellationToken);
                before += length;
            }
        }

        return count;

        async Task ReportAsync(long position)
        {
            if (before + position - progress.BytesRead >= ProgressStep)
            {
                progress.BytesRead = before + position;
                await report(progress.Clone());
            }
        }
    }

    private static async Task ReadAsync(
        Proto.Evidence log, Stream stream, TimelineCount count, Func<long, Task> report, CancellationToken cancellationToken)
    {
        using var reader = new StoredTextReader(stream);
        var head = new char[LogDocument.HeadLength];
        var length = await reader.ReadBlockAsync(head.AsMemory(), cancellationToken);

        var source = new EvidenceSource(log.Name, log.FileName, stream.Length, () => TextReader.Null);

        if (LogDocument.Holds(head.AsSpan(0, length)))
        {
            ReadDocument(SourceText.Read(head.AsSpan(0, length), reader), log, source, count, cancellationToken);
            return;
        }

        var entries = new LogEventReader(log.CreateTime.ToDateTimeOffset(), (in entry) => count.Add(in entry, source));
        entries.Append(head.AsSpan(0, length));

        for (var block = new char[BlockLength]; (length = await reader.ReadAsync(block.AsMemory(), cancellationToken)) > 0;)
        {
            entries.Append(block.AsSpan(0, length));
            await report(stream.Position);
        }

        entries.Complete();
    }

    private static void ReadDocument(SourceText text, Proto.Evidence log, EvidenceSource source, TimelineCount count,
        CancellationToken cancellationToken)
    {
        if (StructuredDocument.Read(text) is not { } root)
        {
            return;
        }

        foreach (var entry in LogsInDocument.Of(root, log.CreateTime.ToDateTimeOffset(), cancellationToken).SelectMany(entries => entries))
        {
            count.Add(LogEvent.Of(entry), source);
        }
    }
}
