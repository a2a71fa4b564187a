using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Symptoms;
using FaultMaven.Data.Analysis.Templates;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>
/// What one pass over a log notes, for signals to be made of: troubles by kind and target, errors and exceptions, every template's history,
/// silences. Memory is bounded, whatever the log's length.
/// </summary>
internal sealed class LogStatisticsCollector
{
    private const int MaxGroups = 2_000;
    private const int MaxTargetsPerKind = 12;

    private readonly TemplateMiner _miner = new(TriggerWords.Search);
    private readonly Dictionary<(SymptomKind Kind, string Target), Symptom> _troubles = [];
    private readonly Dictionary<SymptomKind, int> _targets = [];
    private readonly Dictionary<string, ThrownException> _exceptions = [];
    private readonly Dictionary<int, OccurrenceStats> _errors = [];
    private readonly List<OccurrenceStats> _recoveries = [];
    private readonly Dictionary<int, TemplateHistory> _histories = [];
    private LatestOccurrence _current = new();
    private LatestOccurrence _previous = new();
    private AdaptiveBins? _errorBins;
    private readonly AdaptiveBins?[] _levelBins = new AdaptiveBins?[Enum.GetValues<Proto.EntryLevel>().Length];

    public int Entries { get; private set; }

    /// <summary>How many entries were neither errors nor symptoms.</summary>
    public long Harmless { get; private set; }

    public DateTimeOffset? StartTime { get; private set; }

    public DateTimeOffset? EndTime { get; private set; }

    public Occurrence? FirstEntry { get; private set; }

    public Occurrence? LastEntry => Entries == 0 ? null : _previous.Keep();

    public IReadOnlyCollection<Symptom> Symptoms => _troubles.Values;

    public IReadOnlyCollection<ThrownException> Exceptions => _exceptions.Values;

    /// <summary>Messages that say that trouble ended, one group for each shape.</summary>
    public IReadOnlyList<OccurrenceStats> Recoveries => _recoveries;

    /// <summary>Errors by the number of their message's shape.</summary>
    public IReadOnlyDictionary<int, OccurrenceStats> Errors => _errors;

    /// <summary>What every shape did over time, by its number.</summary>
    public IReadOnlyDictionary<int, TemplateHistory> Histories => _histories;

    /// <summary>Errors over time; null if no error has a time.</summary>
    public AdaptiveBins? ErrorBins => _errorBins;

    /// <summary>Entries of a level over time; null if none has a time.</summary>
    public AdaptiveBins? BinsOf(Proto.EntryLevel level) => _levelBins[(int)level];

    public DensestWindow DensestErrors { get; } = new();

    public LogGaps Gaps { get; } = new();

    public MinedTemplates MineTemplates() => _miner.Mine();

    /// <summary>The number of the shape of a message, which is not counted; -1 if none had it.</summary>
    public int FindShape(ReadOnlySpan<char> line) => _miner.Find(line);

    public void Take(in LogEvent entry)
    {
        var line = entry.FirstLine;
        var shape = _miner.Add(line, out var plain);
        var verdict = plain && line.Length == entry.Message.Length ? EntryVerdict.Plain(entry.Level) : EntryVerdict.Of(in entry, line);
        var isSymptom = verdict.Kind is not null || verdict.Level >= Proto.EntryLevel.Error;
        if (isSymptom || verdict.Recovered)
        {
            _current.Set(Occurrence.Of(Entries, in entry, verdict));
        }
        else
        {
            _current.Set(Entries, in entry, verdict.Level);
        }

        FirstEntry ??= _current.Keep();
        TakeTime(in entry);
        TakeHistory(shape, in entry, line);
        if (isSymptom || verdict.Recovered)
        {
            TakeVerdict(verdict, shape, in entry, _current.Keep());
        }

        Harmless += isSymptom ? 0 : 1;
        (_previous, _current) = (_current, _previous);
        Entries++;
    }

    private void TakeTime(in LogEvent entry)
    {
        if (entry.Time is not { } time)
        {
            return;
        }

        if (_previous.Time is { } before && Gaps.Count(time - before))
        {
            Gaps.Keep(time - before, _previous.Keep(), _current.Keep());
        }

        StartTime = StartTime is { } start && start < time ? start : time;
        EndTime = EndTime is { } known && known > time ? known : time;
        var bins = _levelBins[(int)_current.Level] ??= new AdaptiveBins(StartTime ?? time, keepsSightings: false);
        bins.Add(time);
    }

    private void TakeHistory(int shape, in LogEvent entry, ReadOnlySpan<char> line)
    {
        if (!_histories.TryGetValue(shape, out var history))
        {
            if (_histories.Count >= MaxGroups)
            {
                return;
            }

            history = new TemplateHistory(_current.Keep());
            _histories.Add(shape, history);
        }

        history.Add(in entry, line, _current, StartTime);
    }

    private void TakeVerdict(EntryVerdict verdict, int shape, in LogEvent entry, Occurrence occurrence)
    {
        if (verdict.Recovered)
        {
            var recovery = _recoveries.Find(known => known.First.Quote == occurrence.Quote);
            if (recovery is null && _recoveries.Count < 50)
            {
                _recoveries.Add(recovery = new OccurrenceStats(occurrence) { Source = entry.Source, Host = entry.Host });
            }

            recovery?.Add(occurrence, Harmless);
        }

        if (verdict.Kind is { } kind)
        {
            TakeSymptom(kind, in entry, occurrence);
        }

        if (verdict.Level >= Proto.EntryLevel.Error)
        {
            TakeError(shape, in entry, occurrence);
        }
    }

    private void TakeSymptom(SymptomKind kind, in LogEvent entry, Occurrence occurrence)
    {
        var target = LogTargets.Find(kind.Kind, entry.Message);
        if (!_troubles.TryGetValue((kind, target), out var symptom))
        {
            var targets = _targets.GetValueOrDefault(kind);
            if (targets >= MaxTargetsPerKind)
            {
                target = "";
            }

            if (!_troubles.TryGetValue((kind, target), out symptom))
            {
                symptom =
                    new Symptom(kind, target, Telling(kind, entry.Message),
                    new OccurrenceStats(occurrence) { Source = entry.Source, Host = entry.Host });
                _troubles.Add((kind, target), symptom);
                _targets[kind] = targets + 1;
            }
        }

        symptom.Occurrences.Add(occurrence, Harmless);
    }

    // "unhandled exception, shutting down" says less than the exception on the next line.
    private static string Telling(SymptomKind kind, ReadOnlySpan<char> message)
    {
        var line = kind.TellingLine(message);
        return kind.Kind == "log.crash" && ExceptionText.Find(message.ToString()) is { } exception
            && !line.Contains(exception.Type, StringComparison.Ordinal)
            ? $"{exception.Type}: {exception.Message}"
            : line;
    }

    private void TakeError(int shape, in LogEvent entry, Occurrence occurrence)
    {
        if (!_errors.TryGetValue(shape, out var errors) && _errors.Count < MaxGroups)
        {
            _errors.Add(shape, errors = new OccurrenceStats(occurrence) { Source = entry.Source, Host = entry.Host });
        }

        errors?.Add(occurrence, Harmless);
        if (entry.Time is { } time)
        {
            _errorBins ??= new AdaptiveBins(StartTime ?? time, keepsSightings: true);
            _errorBins.Add(time, occurrence);
            DensestErrors.Add(time, _current);
        }

        if (ExceptionText.Find(entry.Message.ToString()) is not { } exception)
        {
            return;
        }

        var key = $"{exception.Type}\n{exception.Frame}";
        if (!_exceptions.TryGetValue(key, out var thrown) && _exceptions.Count < MaxGroups)
        {
            _exceptions.Add(key,
                thrown = new ThrownException(exception, new OccurrenceStats(occurrence) { Source = entry.Source, Host = entry.Host }));
        }

        thrown?.Occurrences.Add(occurrence, Harmless);
    }
}

/// <summary>Entries that report one kind of symptom with one target.</summary>
internal sealed record Symptom(SymptomKind Kind, string Target, string Message, OccurrenceStats Occurrences);

/// <summary>Entries that report one exception.</summary>
internal sealed record ThrownException(ExceptionText Exception, OccurrenceStats Occurrences);
