using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Sources;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Query.Search;

/// <summary>Searches one file in one pass. Lines go in, matches come out once the lines after them are known.</summary>
internal sealed class FileSearch
{
    private const int MaxContextLength = 1_024;

    /// <summary>How much of a long line is quoted before the match.</summary>
    private const int QuoteLead = 100;

    private readonly SearchQuery _query;
    private readonly EvidenceSource _source;
    private readonly LineWindow _window = new();
    private readonly Queue<Proto.SearchEvidenceResponse> _found = new();
    private readonly LogEventReader? _entries;

    // The first line that no entry was found in yet.
    private long _nextEntry = 1;

    /// <param name="query">What to look for.</param>
    /// <param name="source">Where matches are cited.</param>
    /// <param name="reference">Not before the last entry; gives times without a year theirs.</param>
    public FileSearch(SearchQuery query, EvidenceSource source, DateTimeOffset reference)
    {
        _query = query;
        _source = source;
        _entries = query.ConcernsEntries ? new LogEventReader(reference, TakeEntry) : null;
    }

    /// <summary>Takes the next line and gives the matches that are complete by then.</summary>
    public IEnumerable<Proto.SearchEvidenceResponse> Add(string line)
    {
        _window.Add(line);

        if (_entries is not null)
        {
            _entries.Append(line);
            _entries.Append("\n");
        }
        else if (IndexOfText(line) is >= 0 and var index)
        {
            _found.Enqueue(new() { Match = _source.Cite(_window.Last, _window.Last, Quote(line, index)) });
        }

        while (_found.TryPeek(out var match) && match.Match.EndLine + _query.ContextLines <= _window.Last)
        {
            yield return WithContext(_found.Dequeue());
        }

        var wanted = Math.Min(
            _entries is null ? _window.Last + 1 : _nextEntry,
            _found.TryPeek(out var next) ? next.Match.StartLine : long.MaxValue);
        _window.DropBefore(wanted - _query.ContextLines);
    }

    /// <summary>The matches that are left once all lines were taken.</summary>
    public IEnumerable<Proto.SearchEvidenceResponse> Complete()
    {
        _entries?.Complete();

        while (_found.TryDequeue(out var match))
        {
            yield return WithContext(match);
        }
    }

    private void TakeEntry(in LogEvent entry)
    {
        _nextEntry = entry.EndLine + 1;

        if (!_query.Admits(entry))
        {
            return;
        }

        var lines = _window.Lines(entry.StartLine, entry.EndLine);
        var telling = lines.FirstOrDefault(line => IndexOfText(line) >= 0);

        if (telling is not null && _query.FieldsAreIn(entry.Source, lines))
        {
            _found.Enqueue(new()
            {
                Match = _source.Cite(entry.StartLine, entry.EndLine, Quote(telling, Math.Max(0, IndexOfText(telling)))),
                Time = entry.Time?.ToTimestamp(),
                Level = (Proto.EntryLevel)entry.Level,
            });
        }
    }

    /// <summary>Where one of the texts is, or the start of the line if any line will do; -1 if none is there.</summary>
    private int IndexOfText(string line)
    {
        foreach (var text in _query.Texts)
        {
            if (line.IndexOf(text, _query.Comparison) is >= 0 and var index)
            {
                return index;
            }
        }

        return _query.Texts.Count == 0 ? 0 : -1;
    }

    private Proto.SearchEvidenceResponse WithContext(Proto.SearchEvidenceResponse match)
    {
        if (_query.ContextLines > 0)
        {
            match.LinesBefore.Add(Context(Math.Max(1, match.Match.StartLine - _query.ContextLines), match.Match.StartLine - 1));
            match.LinesAfter.Add(Context(match.Match.EndLine + 1, Math.Min(_window.Last, match.Match.EndLine + _query.ContextLines)));
        }

        return match;
    }

    private IEnumerable<string> Context(long start, long end) => _window.Lines(start, end).Select(line => line.CutTo(MaxContextLength));

    private static string Quote(string line, int match)
    {
        var start = line.Length <= EvidenceSource.MaxQuoteLength ? 0 : Math.Max(0, match - QuoteLead);

        return line[(start + (start > 0 && char.IsLowSurrogate(line[start]) ? 1 : 0))..].CutTo(EvidenceSource.MaxQuoteLength);
    }
}
