using System.Globalization;
using FaultMaven.Data.Analysis.Logs.Statistics;
using FaultMaven.Data.Analysis.Statements;

namespace FaultMaven.Data.Analysis.Logs.Signals;

/// <summary>What the messages of a log say is wrong, or right again, at every level and in whatever words: one signal for each thing
/// said.</summary>
internal sealed class LogStatements(LogStatisticsCollector collector, LogSignalWriter writer)
{
    public const int MaxSignals = 30;

    public IEnumerable<Proto.Signal> Find()
    {
        var groups = new Dictionary<string, Said>(StringComparer.Ordinal);
        foreach (var history in collector.Histories.Values)
        {
            if (StatementReader.Read(history.First.Quote) is not { } statement || !Counts(statement, history))
            {
                continue;
            }

            var key = $"{StatementSignal.GroupOf(statement)}|{history.Source}";
            if (groups.TryGetValue(key, out var said))
            {
                said.Add(statement, history);
            }
            else
            {
                groups.Add(key, new Said(statement, history));
            }
        }

        return groups.Values.OrderByDescending(said => said.Statement.IsProblem)
            .ThenByDescending(said => said.Statement.Specificity + (0.1 * (int)said.Level)).Take(MaxSignals).Select(ToSignal);
    }

    // Words that alone show nothing need a level; a level of debug needs words that show much.
    private static bool Counts(Statement statement, TemplateHistory history) => statement.Class switch
    {
        StatementClass.Fine => false,
        _ when statement.IsWeak => history.Level >= Proto.EntryLevel.Warning,
        _ when history.Level is Proto.EntryLevel.Debug or Proto.EntryLevel.Trace => statement.Specificity >= 0.7,
        _ => true,
    };

    private Proto.Signal ToSignal(Said said)
    {
        var (statement, history) = (said.Statement, said.Histories[0]);
        var seen = new OccurrenceStats(history.First) { Source = history.Source, Host = history.Host };
        foreach (var each in said.Histories)
        {
            seen.Add(each.First, collector.Harmless);
            seen.Add(each.Last.Keep(), collector.Harmless);
        }

        var count = said.Histories.Sum(each => each.Count);
        var signal = writer.Of(StatementSignal.KindOf(statement.Class), seen, statement.Quote);
        signal.Severity = statement.IsProblem ? Severity(said.Level, statement) : Proto.Severity.Info;
        signal.State = statement.IsProblem ? signal.State : Proto.SignalState.Recovered;
        signal.Surprise = statement.Specificity;
        signal.Attributes["count"] = count.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in StatementSignal.AttributesOf(statement))
        {
            LogSignalWriter.Set(signal, name, value);
        }

        LogSignalWriter.Set(signal, "level", said.Level == Proto.EntryLevel.Unspecified ? "" : said.Level.ToString().ToLowerInvariant());
        LogSignalWriter.Set(signal, "spread", Spread(said));
        return signal;
    }

    private static Proto.Severity Severity(Proto.EntryLevel level, Statement statement) =>
        level >= Proto.EntryLevel.Warning ? LogSignalWriter.Grade(level) : statement.Specificity >= 0.6 ? Proto.Severity.Warning
            : Proto.Severity.Info;

    // In how many of the bins that have any entry it was said.
    private string Spread(Said said)
    {
        if (collector.EndTime is not { } end || collector.StartTime is null)
        {
            return "";
        }

        var counts = new bool[AdaptiveBins.Count];
        var used = 0;
        foreach (var bins in said.Histories.Select(history => history.Bins).OfType<AdaptiveBins>())
        {
            bins.FitTo(end);
            used = Math.Clamp((int)((end - bins.Origin) / bins.Width) + 1, 1, AdaptiveBins.Count);
            for (var i = 0; i < used; i++)
            {
                counts[i] |= bins.Counts[i] > 0;
            }
        }

        return used == 0 ? "" : ((double)counts.Take(used).Count(said => said) / used).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private sealed class Said(Statement statement, TemplateHistory history)
    {
        public Statement Statement { get; private set; } = statement;

        public List<TemplateHistory> Histories { get; } = [history];

        public Proto.EntryLevel Level => Histories.Max(history => history.Level);

        public void Add(Statement other, TemplateHistory said)
        {
            Statement = other.Specificity > Statement.Specificity ? other : Statement;
            if (said.First.Order < Histories[0].First.Order)
            {
                Histories.Insert(0, said);
            }
            else
            {
                Histories.Add(said);
            }
        }
    }
}
