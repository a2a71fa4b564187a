using FaultMaven.Agents.Facts;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Analysis;

/// <summary>
/// Holds what the catalogue concludes against what the evidence says in its own words: which fact is nearest to a cause of what was asked
/// about, and how sure that is. The catalogue refines a cause; it does not decide that one is there.
/// </summary>
internal sealed class FactAnalyst(string question, CaseSignals signals, IReadOnlyList<Data.KeyLine> lines)
{
    private const double Credible = 0.5;
    private const double Strong = 0.72;

    // How much better a fact must be than the cause that the catalogue knows.
    private const double Margin = 0.03;

    // Several signals in a known relation support a validated mode of the catalogue.
    private const double ForValidated = 0.15;

    // The same, where none of its lines bears on the question.
    private const double ForValidatedElsewhere = 0.12;

    // From here on nothing is failing, below it something is: learnt by QuietEstimate, and set where labelled incidents were told apart.
    private const double Quiet = 0.65;
    private const double NotQuiet = 0.1;

    private const int IndependentSources = 2;
    private const int MaxDecisive = 5;

    // What is mostly an effect of something else.
    private static readonly HashSet<FactClass> s_effects =
        [FactClass.Failed, FactClass.Refused, FactClass.Unreachable, FactClass.TimedOut, FactClass.Lost, FactClass.Behind,
            FactClass.Restarted, FactClass.Crashed];

    private static readonly HashSet<FactClass> s_waiting =
        [FactClass.TimedOut, FactClass.Throttled, FactClass.Unreachable, FactClass.Conflict];

    private static readonly HashSet<Proto.FailureCategory> s_guessed =
        [Proto.FailureCategory.DependencyFailure, Proto.FailureCategory.CodeDefect, Proto.FailureCategory.Infrastructure];

    private readonly KeyLines _keyLines = new(lines);

    /// <summary>The conclusion, after both were weighed.</summary>
    public Conclusion Weigh(Conclusion known) => Reserved(Told(Quieted(Categorised(Grounded(WeighFacts(known))))));

    // That all is well is not certain while a line that bears on the question says otherwise.
    private Conclusion Reserved(Conclusion conclusion) =>
        conclusion is { Verdict: Proto.Verdict.NoActiveFailure, Assurance: Proto.Assurance.Confirmed } && _keyLines.SayProblem
            ? conclusion with { Assurance = Proto.Assurance.Mechanistic }
            : conclusion;

    // Whether anything is failing shows in all telling lines together, not in the worst of them. The way the question is put counts too,
    // but only beside a line that says that something works, works again or was meant to happen.
    private Conclusion Quieted(Conclusion conclusion) =>
        conclusion.Verdict is Proto.Verdict.ProbableCause or Proto.Verdict.NotEnoughEvidence && _keyLines.Reassuring is { } line
        && QuietEstimate.Probability(question, lines) >= Quiet
            ? new Conclusion(Proto.Verdict.NoActiveFailure, Proto.Assurance.Mechanistic, GenericCause.OfQuiet(line), [], [], [])
                { Decisive = conclusion.Decisive }
            : conclusion;

    // What no line says that bears on the question is seen as well, but is neither an effect of the cause nor a second one.
    private Conclusion Told(Conclusion conclusion) => _keyLines.IsEmpty ? conclusion : conclusion with
    {
        Effects = [.. conclusion.Effects.Where(IsTold)],
        Independent = [.. conclusion.Independent.Where(IsTold)],
    };

    // A change or a setting among the most telling lines is nearer to the cause than what went wrong after it.
    private Conclusion Grounded(Conclusion conclusion)
    {
        if (_keyLines.Change is not { } change || conclusion.Verdict is not (Proto.Verdict.ProbableCause or Proto.Verdict.NotEnoughEvidence)
            || (conclusion.Cause is { State: Proto.Hypothesis.Types.State.Validated, Said: null or "" } known && IsTold(known)))
        {
            return conclusion;
        }

        if (conclusion.Cause is { } cause && !IsEffect(cause, conclusion))
        {
            return conclusion with { Cause = OfConfiguration(cause) };
        }

        return conclusion with
        {
            Verdict = Proto.Verdict.ProbableCause,
            Assurance = Proto.Assurance.Mechanistic,
            Cause = GenericCause.OfChange(change, conclusion.Cause),
        };
    }

    // What a log says of the other side or of the code is seldom the whole story: in labelled incidents the reason is most often a
    // setting that was changed or never fitted. That calls time out, are throttled, find no way or wait for a lock never is; that a
    // dependency or the code failed is not, where texts other than logs bear on the question too.
    private Conclusion Categorised(Conclusion conclusion) =>
        !_keyLines.IsEmpty && conclusion is { Verdict: Proto.Verdict.ProbableCause, Cause: { } cause }
        && s_guessed.Contains(cause.Mode.Category)
        && cause.Supporting.All(link => SignalMeaning.IsSaid(link.Signal))
        && (_keyLines.InOtherTexts
            || (SignalMeaning.Of(cause.Lead) is { } said && s_waiting.Contains(said.Class) && !NamesAddress(cause.Lead)))
            ? conclusion with { Cause = OfConfiguration(cause) }
            : conclusion;

    // A service of others is called by a whole address.
    private static bool NamesAddress(Data.Signal signal) =>
        signal.Attributes.Values.Any(value => value.Contains("://", StringComparison.Ordinal));

    private static Hypothesis OfConfiguration(Hypothesis cause) =>
        cause with { Mode = cause.Mode with { Category = Proto.FailureCategory.ConfigurationError } };

    // What the lines that bear on the question say too.
    private bool IsTold(Hypothesis cause) => _keyLines.Cites(cause.Supporting.SelectMany(link => link.Signal.Citations));

    private static bool IsEffect(Hypothesis cause, Conclusion conclusion) =>
        conclusion.Decisive is [var fact, ..] && cause.Supporting.Any(link => fact.Signals.Contains(link.Signal))
            ? s_effects.Contains(fact.Class)
            : cause.Mode.Category == Proto.FailureCategory.DependencyFailure;

    private Conclusion WeighFacts(Conclusion known)
    {
        var facts = FactReader.Read(signals);
        var scope = new Scope(question, facts, Alerted());
        var candidates = new CauseFinder(facts, scope, _keyLines).Find();
        var best = candidates.FirstOrDefault(candidate => candidate.Root.IsActive)
            ?? (candidates.Count > 0 ? candidates[0] : null);
        if (best is null)
        {
            return known.Verdict == Proto.Verdict.NoActiveFailure && (!IsEarned(scope) || IsContradicted(known))
                ? Conclusion.NotEnough
                : known;
        }

        if (!candidates.Any(candidate => candidate.Root.IsActive && candidate.Score >= Credible
            && scope.RelevanceOf(candidate.Root) >= CauseFinder.InScope)
            && known.Cause is not { Mode.Lasting: true } && known.Verdict != Proto.Verdict.NoActiveFailure
                && candidates[0].Root is { IsActive: false } past && !signals.Symptoms.Any())
        {
            return new Conclusion(Proto.Verdict.NoActiveFailure, Proto.Assurance.Mechanistic, GenericCause.Over(candidates[0]), [], [],
                []) { Decisive = Decisive(candidates[0], candidates, scope) };
        }

        if (known.Verdict == Proto.Verdict.NoActiveFailure)
        {
            return best.Root.IsActive && best.Score >= Strong && best.Root.Severity >= Data.Severity.Error
                && scope.RelevanceOf(best.Root) >= 1
                ? FromFact(best, candidates, scope)
                : best.Score >= Credible && best.Root.IsActive && IsLoud ? FromFact(best, candidates, scope)
                : IsEarned(scope) && !IsContradicted(known) ? known
                : best.Score >= Credible && best.Root.IsActive ? FromFact(best, candidates, scope)
                : Conclusion.NotEnough;
        }

        if (known.Cause is { } cause)
        {
            var own = candidates.Where(candidate =>
                candidate.Root.Signals.Any(signal => cause.Supporting.Any(link => link.Signal == signal))).ToList();
            var ownScore = own.Count == 0 ? 0 : own.Max(candidate => ScoreAs(cause, candidate));
            var isSame = ownScore + Margin >= best.Score || IsSameThing(cause, best.Root);
            if (isSame && own.Count > 0)
            {
                var decisive = own[0];
                return known with
                {
                    Verdict = Proto.Verdict.ProbableCause,
                    Assurance = Proto.Assurance.Mechanistic,
                    Decisive = Decisive(decisive, candidates, scope),
                    Change = decisive.Change,
                } is var held && IsConfirmed(decisive, candidates, scope) && cause.State == Proto.Hypothesis.Types.State.Validated
                    ? held with { Verdict = Proto.Verdict.CauseFound, Assurance = Proto.Assurance.Confirmed }
                    : held;
            }
        }

        return best.Score >= Credible ? FromFact(best, candidates, scope) : known.Cause is null
            ? Conclusion.NotEnough with { Decisive = Decisive(best, candidates, scope) } : known with
        {
            Verdict = Proto.Verdict.ProbableCause,
            Assurance = Proto.Assurance.Mechanistic,
            Decisive = Decisive(best, candidates, scope),
        };
    }

    // The catalogue explains the same lines and knows more of them: it means the same by them, or it was validated by signals that know
    // the tool. Signals of logs know only phrases.
    private static bool IsSameThing(Hypothesis cause, Fact fact) => cause.Supporting.Select(link => link.Signal)
        .Where(fact.Signals.Contains)
        .Any(signal => SignalMeaning.Of(signal)?.Class == fact.Class
            || (cause.State == Proto.Hypothesis.Types.State.Validated && !signal.Kind.StartsWith("log.", StringComparison.Ordinal)));

    // A mode of the catalogue counts by what it says of the lines: "a dependency answers with errors" says less of them than "too many
    // open files".
    private double ScoreAs(Hypothesis cause, CauseCandidate candidate)
    {
        var said = cause.Supporting.Select(link => SignalMeaning.Of(link.Signal)?.Specificity ?? 0).DefaultIfEmpty(0).Max();
        var validated = cause.State != Proto.Hypothesis.Types.State.Validated ? 0 : IsTold(cause) ? ForValidated : ForValidatedElsewhere;

        return candidate.Score + (CauseFinder.BySpecificity * (said - candidate.Root.Specificity)) + validated;
    }

    private static Conclusion FromFact(CauseCandidate best, IReadOnlyList<CauseCandidate> candidates, Scope scope)
    {
        var confirmed = IsConfirmed(best, candidates, scope);
        return new Conclusion(
            confirmed ? Proto.Verdict.CauseFound : Proto.Verdict.ProbableCause,
            confirmed ? Proto.Assurance.Confirmed : Proto.Assurance.Mechanistic,
            GenericCause.Of(best),
            [],
            [],
            [])
        {
            Decisive = Decisive(best, candidates, scope),
            Change = best.Change,
        };
    }

    // Two independent sources speak of the same thing, nothing in scope is nearer to a cause, and it came first.
    private static bool IsConfirmed(CauseCandidate best, IReadOnlyList<CauseCandidate> candidates, Scope scope) =>
        best.Score >= Strong
        && !scope.IsOpen
        && scope.RelevanceOf(best.Root) >= 0.8
        && best.Explained.Append(best.Root).SelectMany(fact => fact.Sources).Distinct().Count() >= IndependentSources
        && (best.Root.Sources.Count() >= IndependentSources || best.Change is not null)
        && candidates.All(other => other == best || other.Score <= best.Score - 0.05 || best.Explained.Contains(other.Root));

    private static IReadOnlyList<Fact> Decisive(CauseCandidate best, IReadOnlyList<CauseCandidate> candidates, Scope scope) =>
    [
        .. candidates.Where(candidate => candidate != best && (best.Explained.Contains(candidate.Root)
            || scope.RelevanceOf(candidate.Root) >= CauseFinder.InScope))
            .Select(candidate => candidate.Root)
            .Prepend(best.Root)
            .DistinctBy(fact => fact.Quote)
            .Take(MaxDecisive),
    ];

    // That nothing failed must be shown by something about the thing that was asked.
    private bool IsEarned(Scope scope)
    {
        var calm = signals.Normal.Where(signal => !signal.IsAbsence()).Concat(signals.Recovered).ToList();
        var about = calm.Where(signal => scope.IsOpen || NameReader.Of([signal]).Overlaps(scope.Asked)).ToList();
        return about.Count > 0;
    }

    // "All within bounds" does not answer a question whose key lines report a problem.
    private bool IsContradicted(Conclusion known) => known.Cause is not { } healthy
        || (!healthy.Supporting.Any(link => link.Signal.State == Data.SignalState.Recovered) && _keyLines.SayProblem);

    // The telling lines together say that something is failing.
    private bool IsLoud => !_keyLines.IsEmpty && QuietEstimate.Probability(question, lines) < NotQuiet;

    private IEnumerable<string> Alerted() => NameReader.Of(signals.Alerts);
}
