using FaultMaven.Data.Templates;

namespace FaultMaven.Data.Logs;

/// <summary>
/// What one pass over a log notes, for signals to be made of: troubles by kind and target, errors and exceptions, every template's history, silences.
/// Memory is bounded, whatever the log's length.
/// </summary>
internal sealed class LogSurvey
{
    private const int MaxGroups = 2_000;
    private const int MaxTargetsPerKind = 12;

    private readonly TemplateMiner _miner = new();
    private readonly Dictionary<(TroubleKind Kind, string Target), Trouble> _troubles = [];
    private readonly Dictionary<TroubleKind, int> _targets = [];
    private readonly Dictionary<string, ThrownException> _exceptions = [];
    private readonly Dictionary<int, Occurrences> _errors = [];
    private readonly List<Occurrences> _recoveries = [];
    private readonly Dictionary<int, TemplateHistory> _histories = [];
    private LogEntry? _previous;
    private AdaptiveBins? _errorBins;

    public int Entries { get; private set; }

    /// <summary>How many entries were neither errors nor told of trouble.</summary>
    public long Harmless { get; private set; }

    public DateTimeOffset? StartTime { get; private set; }

    public DateTimeOffset? EndTime { get; private set; }

    public Sighting? FirstEntry { get; private set; }

    public Sighting? LastEntry => _previous is null ? null : Sighting.Of(Entries - 1, _previous, _previous.Level);

    public IReadOnlyCollection<Trouble> Troubles => _troubles.Values;

    public IReadOnlyCollection<ThrownException> Exceptions => _exceptions.Values;

    /// <summary>Messages that say that trouble ended, one group for each shape.</summary>
    public IReadOnlyList<Occurrences> Recoveries => _recoveries;

    /// <summary>Errors by the number of their message's shape.</summary>
    public IReadOnlyDictionary<int, Occurrences> Errors => _errors;

    /// <summary>What every shape did over time, by its number.</summary>
    public IReadOnlyDictionary<int, TemplateHistory> Histories => _histories;

    /// <summary>Errors over time; null if no error tells its time.</summary>
    public AdaptiveBins? ErrorBins => _errorBins;

    public Silences Silences { get; } = new();

    public MinedTemplates MineTemplates() => _miner.Mine();

    public void Take(LogEntry entry)
    {
        var end = entry.Message.IndexOf('\n');
        var line = end < 0 ? entry.Message.AsSpan() : entry.Message.AsSpan(0, end);
        var shape = _miner.Add(line);
        var verdict = EntryVerdict.Of(entry, line);
        var sighting = Sighting.Of(Entries, entry, verdict);

        TakeTime(entry, sighting);
        TakeHistory(shape, entry, line, sighting);
        TakeVerdict(verdict, shape, entry, sighting);

        FirstEntry ??= sighting;
        _previous = entry;
        Entries++;
    }

    private void TakeTime(LogEntry entry, Sighting sighting)
    {
        if (entry.Time is not { } time)
        {
            return;
        }

        if (_previous?.Time is { } before)
        {
            Silences.Add(time - before, _previous, sighting, Entries);
        }

        StartTime = StartTime is { } start && start < time ? start : time;
        EndTime = EndTime is { } known && known > time ? known : time;
    }

    private void TakeHistory(int shape, LogEntry entry, ReadOnlySpan<char> line, Sighting sighting)
    {
        if (!_histories.TryGetValue(shape, out var history))
        {
            if (_histories.Count >= MaxGroups)
            {
                return;
            }

            history = new TemplateHistory(sighting);
            _histories.Add(shape, history);
        }

        history.Add(entry, line, sighting, StartTime);
    }

    private void TakeVerdict(EntryVerdict verdict, int shape, LogEntry entry, Sighting sighting)
    {
        if (verdict.Recovered)
        {
            var recovery = _recoveries.Find(known => known.First.Quote == sighting.Quote);
            if (recovery is null && _recoveries.Count < 50)
            {
                _recoveries.Add(recovery = new Occurrences(sighting) { Source = entry.Source, Host = entry.Host });
            }

            recovery?.Add(sighting, Harmless);
        }

        var isError = verdict.Level >= LogLevel.Error;
        if (!isError && verdict.Kind is null)
        {
            Harmless++;
            return;
        }

        if (verdict.Kind is { } kind)
        {
            TakeTrouble(kind, entry, sighting);
        }

        if (isError)
        {
            TakeError(shape, entry, sighting);
        }
    }

    private void TakeTrouble(TroubleKind kind, LogEntry entry, Sighting sighting)
    {
        var target = LogTargets.Find(kind.Kind, entry.Message);
        if (!_troubles.TryGetValue((kind, target), out var trouble))
        {
            var targets = _targets.GetValueOrDefault(kind);
            if (targets >= MaxTargetsPerKind)
            {
                target = "";
            }

            if (!_troubles.TryGetValue((kind, target), out trouble))
            {
                trouble = new Trouble(kind, target, kind.TellingLine(entry.Message), new Occurrences(sighting) { Source = entry.Source, Host = entry.Host });
                _troubles.Add((kind, target), trouble);
                _targets[kind] = targets + 1;
            }
        }

        trouble.Occurrences.Add(sighting, Harmless);
    }

    private void TakeError(int shape, LogEntry entry, Sighting sighting)
    {
        if (!_errors.TryGetValue(shape, out var errors) && _errors.Count < MaxGroups)
        {
            _errors.Add(shape, errors = new Occurrences(sighting) { Source = entry.Source, Host = entry.Host });
        }

        errors?.Add(sighting, Harmless);
        if (entry.Time is { } time)
        {
            _errorBins ??= new AdaptiveBins(StartTime ?? time, keepsSightings: true);
            _errorBins.Add(time, sighting);
        }

        if (ExceptionText.Find(entry.Message) is not { } exception)
        {
            return;
        }

        var key = $"{exception.Type}\n{exception.Frame}";
        if (!_exceptions.TryGetValue(key, out var thrown) && _exceptions.Count < MaxGroups)
        {
            _exceptions.Add(key, thrown = new ThrownException(exception, new Occurrences(sighting) { Source = entry.Source, Host = entry.Host }));
        }

        thrown?.Occurrences.Add(sighting, Harmless);
    }
}

/// <summary>Entries that tell of one kind of trouble with one target.</summary>
internal sealed record Trouble(TroubleKind Kind, string Target, string Message, Occurrences Occurrences);

/// <summary>Entries that tell of one exception.</summary>
internal sealed record ThrownException(ExceptionText Exception, Occurrences Occurrences);
