using System.Text.RegularExpressions;
using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>Answers what was asked, in a sentence or two: yes or no, a time, a count, a thing, or the cause.</summary>
internal static partial class DirectAnswer
{
    private const int MaxLines = 3;
    private const int MaxQuote = 140;

    public static string To(string question, Investigation investigation)
    {
        var asked = LastQuestion(question);
        if (IsYesOrNo().IsMatch(asked))
        {
            return YesOrNo(asked, investigation);
        }

        if (AsksForStart().IsMatch(asked) && Start(investigation) is { Length: > 0 } start)
        {
            return start;
        }

        return AsksForFigures().IsMatch(asked) && Lines(investigation) is { Length: > 0 } lines ? lines
            : SignalText.Sentence(AnswerText.Statement(investigation));
    }

    // "Which pods are down, and is checkout healthy?": the first question decides; what precedes it is a report.
    private static string LastQuestion(string question) => Question().Matches(question) is { Count: > 0 } found
        ? found[0].Value.Trim() : question;

    private static string YesOrNo(string asked, Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        var statement = SignalText.Sentence(AnswerText.Statement(investigation));
        if (conclusion.Verdict == Proto.Verdict.NotEnoughEvidence)
        {
            return $"This cannot be said from the evidence. {statement}";
        }

        var fails = conclusion.Verdict != Proto.Verdict.NoActiveFailure;
        var word = AsksForHealth().IsMatch(asked) ? fails ? "No" : "Yes" : AsksForTrouble().IsMatch(asked) ? fails ? "Yes" : "No" : "";
        var hedge = word.Length > 0 && conclusion.Assurance != Proto.Assurance.Confirmed ? $"Probably {word.ToLowerInvariant()}" : word;

        return word.Length == 0 ? statement : $"{hedge}. {statement}";
    }

    // The first failure that the cause explains, and the last change before it.
    private static string Start(Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        var timed = conclusion.Effects.Prepend(conclusion.Cause).OfType<Hypotheses.Hypothesis>()
            .SelectMany(hypothesis => hypothesis.Supporting).Select(link => link.Signal)
            .Where(signal => signal.StartTime is not null).OrderBy(signal => signal.StartTime.ToDateTimeOffset()).ToList();
        var first = timed.FirstOrDefault(signal => signal.Role() is SignalRole.Symptom or SignalRole.Statement or SignalRole.Recovered);
        if (first is null)
        {
            return "";
        }

        var change = timed.Append(conclusion.Change?.Lead).LastOrDefault(signal => signal?.Role() == SignalRole.Change
            && signal.StartTime?.ToDateTimeOffset() <= first.StartTime.ToDateTimeOffset());
        var before = change is null ? "" : $" A change came before it, at {At(change)}: {SignalText.Sentence(change)}";
        return $"It began at {At(first)}: {SignalText.Sentence(first)}{before}";
    }

    private static string At(Data.Signal signal) => $"{signal.StartTime.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC";

    private static string Lines(Investigation investigation) => string.Join(' ', investigation.KeyLines.Take(MaxLines).Select(line =>
    {
        var time = line.StartTime is { } start ? $"{start.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} " : "";
        var count = line.Count > 1 ? $"{Count.Of(line.Count, "entry", "entries")}, first " : "";
        return $"{count}{time}\"{Cut(line.Citation.Quote)}\".";
    }));

    private static string Cut(string quote) => quote.Length <= MaxQuote ? quote.Trim() : $"{quote[..MaxQuote].Trim()}…";

    [GeneratedRegex(@"[^.?!\n]*\?")]
    private static partial Regex Question();

    [GeneratedRegex(
        @"^\W*(and |so |but |or )?(is|are|was|were|do|does|did|has|have|had|can|could|should|must|will)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex IsYesOrNo();

    [GeneratedRegex(@"\b(when|what time)\b.*\b(start|began|begin|begun)|\bsince (when|what time)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksForStart();

    [GeneratedRegex(@"\b(when|since (when|what)|how (many|much|often|long)|which|who|whose|at what|what (errors|time|changed|happened))\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex AsksForFigures();

    [GeneratedRegex(
        @"\b(healthy|ok|okay|fine|safe|up|working|works|well|complete|usable|over|recovered|in sync|good)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex AsksForHealth();

    [GeneratedRegex(
        @"\b(broken|down|failing|fail|failed|crash(ed)?|lost|wrong|problem|unstable|fault|bad|act|call|intervene|worry|still|need"
        + @"|have to)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex AsksForTrouble();
}
