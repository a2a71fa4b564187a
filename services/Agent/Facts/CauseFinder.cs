using System.Globalization;

namespace FaultMaven.Agents.Facts;

/// <summary>
/// Ranks the facts of a case as causes of what was asked about: by what each says, how near it is to the question, what it explains, and
/// whether it came first.
/// </summary>
internal sealed class CauseFinder(IReadOnlyList<Fact> facts, Scope scope, KeyLines keyLines)
{
    public const double BySpecificity = 0.42;
    private const double ByRelevance = 0.22;
    private const double BySeverity = 0.08;
    private const double ByActivity = 0.08;
    private const double ByExplanation = 0.12;
    private const double ByOrder = 0.08;
    private const double ByKeyLine = 0.12;
    private const double ForSources = 0.04;
    private const double OutOfScope = 0.6;
    private const double Untold = 0.85;
    private const double ForChange = 0.04;
    private const double ForAmbient = 0.14;

    // What is said in most of the log's time was there before.
    private const double Ambient = 0.7;

    // Clocks differ, metrics have a sample a minute, and alerts lag behind.
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan s_beforeCause = TimeSpan.FromHours(3);

    /// <summary>A fact below this relevance is outside what was asked.</summary>
    public const double InScope = 0.6;

    private readonly List<Fact> _changes = [.. facts.Where(fact => fact.IsChange)];
    private readonly List<Fact> _problems = [.. facts.Where(fact => !fact.IsChange)];

    /// <summary>Every candidate, the best first.</summary>
    public IReadOnlyList<CauseCandidate> Find() =>
        [.. _problems.Select(Weigh).OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Root.Start ?? DateTimeOffset.MaxValue)];

    private CauseCandidate Weigh(Fact root)
    {
        var explained = _problems.Where(fact => fact != root && MayFollow(root, fact)).ToList();
        var change = ChangeBefore(root);
        var grave = _problems.Where(fact => fact != root && scope.RelevanceOf(fact) >= InScope && fact.Severity >= Data.Severity.Warning)
            .ToList();
        var share = grave.Count == 0 ? 0.5 : (double)grave.Count(explained.Contains) / grave.Count;
        var firsts = grave.Where(fact => fact.Start is not null).ToList();
        var order = root.Start is not { } start || firsts.Count == 0 ? 0.5
            : (double)firsts.Count(fact => start <= fact.Start + s_slack) / firsts.Count;
        var score = (BySpecificity * root.Specificity)
            + (ByRelevance * scope.RelevanceOf(root))
            + (BySeverity * Math.Max(0, (int)root.Severity - 1) / 3.0)
            + (root.IsActive ? ByActivity : 0)
            + (ByExplanation * share)
            + (ByOrder * order)
            + (ByKeyLine * keyLines.ShareOf(root))
            + (root.Sources.Count() > 1 ? ForSources : 0)
            + (change is null ? 0 : ForChange)
            - (SpreadOf(root) >= Ambient && firsts.Count > 0 ? ForAmbient : 0);

        // What has no relation to the things that were asked about is seen, but not their cause.
        if (!scope.IsOpen && scope.RelevanceOf(root) < InScope)
        {
            score *= OutOfScope;
        }

        // Nor is what no line says that bears on the question.
        if (!keyLines.IsEmpty && keyLines.ShareOf(root) == 0)
        {
            score *= Untold;
        }

        return new CauseCandidate(root, explained, change, Math.Clamp(score, 0, 1));
    }

    // An effect is related, not earlier, and says less about a cause.
    private static bool MayFollow(Fact cause, Fact effect) =>
        effect.Specificity <= cause.Specificity
        && (cause.Start is not { } first || effect.Start is not { } second || first <= second + s_slack)
        && (effect.Names.Overlaps(cause.Names) || cause.Sources.Intersect(effect.Sources).Any());

    private Fact? ChangeBefore(Fact fact) => fact.Start is not { } start ? null : _changes
        .Where(change => change.Start is { } changed && changed <= start + s_slack && start - changed <= s_beforeCause
            && change.Names.Overlaps(fact.Names))
        .MaxBy(change => change.Start);

    private static double SpreadOf(Fact fact) => fact.Signals
        .Select(signal => double.TryParse(signal.Attributes.GetValueOrDefault("spread"), CultureInfo.InvariantCulture, out var spread)
            ? spread : 0)
        .Max();
}
