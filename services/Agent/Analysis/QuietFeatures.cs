using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Analysis;

/// <summary>
/// What speaks for and against that nothing is failing now, in the question and in the lines that bear on it. The lines count by
/// how telling they are.
/// </summary>
internal static partial class QuietFeatures
{
    private const int MaxLines = 12;

    // What is said in the last tenth of the time that the lines cover is said of the end.
    private const double End = 0.9;

    private static readonly HashSet<string> s_calm = ["statement.recovered", "statement.fine"];

    private static readonly HashSet<string> s_causes =
        ["statement.exhausted", "statement.denied", "statement.missing", "statement.invalid", "statement.expired",
            "statement.misconfigured", "statement.conflict"];

    /// <summary>The features by name, in the order of <see cref="Of"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "asks_why", "asks_what", "asks_whether", "asks_state", "asks_alert", "calm", "calm_words", "planned", "planned_lines", "resolved",
        "trouble_words", "trouble", "cause_class", "setting", "changed", "best", "calm_late", "trouble_at_end",
    ];

    /// <summary>The features of a case.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="lines">The lines that bear on it, the most telling first.</param>
    public static double[] Of(string question, IReadOnlyList<Data.KeyLine> lines)
    {
        var top = lines.Take(MaxLines).ToList();
        var all = top.Sum(line => line.Probability) + 1e-9;
        double Share(Func<Data.KeyLine, bool> isOne) => top.Where(isOne).Sum(line => line.Probability) / all;
        double Ask(Regex pattern) => pattern.IsMatch(question) ? 1 : 0;

        var timed = lines.Where(line => line.StartTime is not null && line.EndTime is not null).ToList();
        var (from, to) = timed.Count == 0 ? (0, 0)
            : (timed.Min(line => line.StartTime.Seconds), timed.Max(line => line.EndTime.Seconds));
        double At(long seconds) => to > from ? (double)(seconds - from) / (to - from) : 0;
        var troubles = timed.Where(IsTrouble).ToList();
        var trouble = troubles.Sum(line => line.Probability);

        return
        [
            Ask(Why()), Ask(What()), Ask(Whether()), Ask(State()), Ask(Alert()),
            Share(IsCalm), Share(line => CalmWords().IsMatch(Text(line))), Share(line => Planned().IsMatch(Text(line))),
            Math.Log(1 + lines.Count(line => Planned().IsMatch(Text(line)))), lines.Any(line => Resolved().IsMatch(Text(line))) ? 1 : 0,
            Share(line => TroubleWords().IsMatch(Text(line))), Share(IsTrouble), Share(line => s_causes.Contains(line.StatementKind)),
            Share(line => line.EvidenceType == Data.EvidenceType.Config), Share(line => line.Changed),
            top.Select(line => line.Probability).FirstOrDefault(),
            Share(line => IsCalm(line) && line.StartTime is { } start && At(start.Seconds) > 0.5),
            trouble > 0 ? troubles.Where(line => At(line.EndTime.Seconds) > End).Sum(line => line.Probability) / trouble : 0.5,
        ];
    }

    /// <summary>True if a line says that something works, works again, or was meant to happen.</summary>
    public static bool IsReassuring(Data.KeyLine line) =>
        IsCalm(line) || CalmWords().IsMatch(Text(line)) || Planned().IsMatch(Text(line));

    private static bool IsCalm(Data.KeyLine line) => s_calm.Contains(line.StatementKind);

    private static bool IsTrouble(Data.KeyLine line) => line.Level >= Data.EntryLevel.Error
        || (line.StatementKind.Length > 0 && !IsCalm(line) && line.Level is Data.EntryLevel.Unspecified or >= Data.EntryLevel.Warning);

    private static string Text(Data.KeyLine line) => line.Citation.Quote;

    [GeneratedRegex(@"\bwhy\b", RegexOptions.IgnoreCase)]
    private static partial Regex Why();

    [GeneratedRegex(@"\bwhat (is|was|broke|happened|causes?|caused)\b|root cause", RegexOptions.IgnoreCase)]
    private static partial Regex What();

    [GeneratedRegex(@"\b(is|are|do|does|did|should|can|has|have) (it|that|this|the|we|i|there|our|anything|something)\b[^.?]*\?",
        RegexOptions.IgnoreCase)]
    private static partial Regex Whether();

    [GeneratedRegex(@"\b(still|yet|act|worry|normal|expected|healthy|safe|ok|fine|over|alright|false|noise|serious|problem|ignore|escalate"
        + @"|need|dangerous|real)\b", RegexOptions.IgnoreCase)]
    private static partial Regex State();

    [GeneratedRegex(@"\b(alert|page|paged|firing)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Alert();

    [GeneratedRegex(@"\b(planned|maintenance|scheduled|window|expected|announced|drill|rehearsal|as agreed|false alarm|CHG-?\d+"
        + @"|rolling (update|upgrade|restart)|silence[ds]?|known|harmless|by design|normal)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Planned();

    [GeneratedRegex(@"\b(resolved|recovered|back (to|in|up|online)|healthy|green|established|reinstated|completed|success(ful|fully)?"
        + @"|caught up|in sync|synced|running|ready|up to date|restored|normal|optimal|ok|passed|active \(running\)|online|clean"
        + @"|no errors?|0 errors|0 failed|available)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CalmWords();

    [GeneratedRegex("resolved", RegexOptions.IgnoreCase)]
    private static partial Regex Resolved();

    [GeneratedRegex(@"\b(still|again|firing|failed|failing|down|pending|degraded|unhealthy|error|refused|timed? ?out|blocked|stuck"
        + @"|not ready|crash\w*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TroubleWords();
}
