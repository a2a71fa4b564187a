using FaultMaven.Data.Analysis.Documents.EmbeddedLogs;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;

namespace FaultMaven.Data.Query.Timelines;

/// <summary>Counts the log entries of a case over time, file by file, in one pass over each. A document with logs in it is held in memory while it is read.</summary>
internal sealed class EvidenceTimeline(EvidenceStore store, IBlobStore blobs)
{
    private const int PageSize = 200;
    private const int BlockLength = 1 << 15;

    /// <summary>The logs of a case, oldest first.</summary>
    public async Task<IReadOnlyList<Proto.Evidence>> ListLogsAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var logs = new List<Proto.Evidence>();

        for (var offset = 0L; await store.ListAsync(parent, offset, PageSize, cancellationToken) is { Count: > 0 } page; offset += PageSize)
        {
            logs.AddRange(page.Where(evidence => evidence.Type is Proto.EvidenceType.Logs or Proto.EvidenceType.ErrorReport));
        }

        return logs;
    }

    /// <summary>From when to when a time line of these logs reaches; null if none of them tells its time.</summary>
    public static (DateTimeOffset First, DateTimeOffset Last)? Span(IReadOnlyList<Proto.Evidence> logs, TimelineQuery query)
    {
        var first = query.StartTime ?? logs.Min(log => log.StartTime?.ToDateTimeOffset());
        var last = query.EndTime - TimeSpan.FromTicks(1) ?? logs.Max(log => log.EndTime?.ToDateTimeOffset());

        return first <= last ? (first.Value, last.Value) : null;
    }

    public async Task<TimelineCount> CountAsync(
        IReadOnlyList<Proto.Evidence> logs, TimelineQuery query, TimelineBuckets buckets, CancellationToken cancellationToken)
    {
        var count = new TimelineCount(query, buckets);

        foreach (var log in logs.Where(log => log.LineCount > 0))
        {
            if (EvidenceName.TryParse(log.Name, out var name) && await blobs.TryOpenReadAsync(name, log.ContentSha256, cancellationToken) is { } stream)
            {
                Read(log, stream, count, cancellationToken);
            }
        }

        return count;
    }

    private static void Read(Proto.Evidence log, Stream stream, TimelineCount count, CancellationToken cancellationToken)
    {
        using var reader = new StoredTextReader(stream);
        var head = new char[LogDocument.HeadLength];
        var length = reader.ReadBlock(head);

        var source = new EvidenceSource(log.Name, log.FileName, stream.Length, () => TextReader.Null);

        if (LogDocument.Holds(head.AsSpan(0, length)))
        {
            ReadDocument(SourceText.Read(head.AsSpan(0, length), reader), log, source, count, cancellationToken);
            return;
        }

        var entries = new LogEventReader(log.CreateTime.ToDateTimeOffset(), (in entry) => count.Add(in entry, source));
        entries.Append(head.AsSpan(0, length));

        for (var block = new char[BlockLength]; (length = reader.Read(block)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries.Append(block.AsSpan(0, length));
        }

        entries.Complete();
    }

    private static void ReadDocument(SourceText text, Proto.Evidence log, EvidenceSource source, TimelineCount count, CancellationToken cancellationToken)
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
