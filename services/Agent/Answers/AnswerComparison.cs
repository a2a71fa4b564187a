using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>Says what is new in an answer since the answer before of the same case.</summary>
internal static class AnswerComparison
{
    public static Proto.AnswerChange Compare(Proto.Turn before, Proto.Answer answer, FilesRead files)
    {
        var earlier = before.Answer;
        var added = files.AddedSince(earlier);
        var change = new Proto.AnswerChange
        {
            PreviousTurn = before.Name,
            NewDecisiveLines = { answer.DecisiveLines.Where(line => !earlier.DecisiveLines.Any(known => IsSame(known, line))) },
            NewEvidence = { FilesRead.Listed(added) },
            NewEvidenceCount = added.Count,
            DeletedEvidenceCount = files.DeletedSince(earlier),
        };
        if (answer.Verdict != earlier.Verdict)
        {
            change.PreviousVerdict = earlier.Verdict;
        }

        if (answer.Assurance != earlier.Assurance)
        {
            change.PreviousAssurance = earlier.Assurance;
        }

        if (CauseOf(answer) != CauseOf(earlier))
        {
            change.PreviousRootCause = earlier.RootCause;
        }

        change.Summary = string.Join(' ', [.. OnEvidence(change, added), OnConclusion(change, answer, earlier), .. OnLines(change)]);
        return change;
    }

    private static bool IsSame(Proto.DecisiveLine one, Proto.DecisiveLine other) =>
        one.Citation.Evidence == other.Citation.Evidence && one.Citation.StartLine == other.Citation.StartLine;

    // A model may word the same cause differently each time; the hypothesis behind it stays.
    private static (string Id, string Statement) CauseOf(Proto.Answer answer) => !HasCause(answer) ? ("", "")
        : answer.Hypotheses is [var first, ..] ? (first.Id, first.Statement)
        : ("", answer.RootCause);

    private static bool HasCause(Proto.Answer answer) => answer.Verdict is not Proto.Verdict.NotEnoughEvidence;

    private static IEnumerable<string> OnEvidence(Proto.AnswerChange change, IReadOnlyList<Data.Evidence> added)
    {
        if (added.Count > 0)
        {
            yield return $"New evidence was read: {FilesRead.Names(added)}.";
        }

        if (change.DeletedEvidenceCount > 0)
        {
            var were = change.DeletedEvidenceCount == 1 ? "was" : "were";
            yield return $"{Count.Of(change.DeletedEvidenceCount, "file")} {were} deleted.";
        }
    }

    private static string OnConclusion(Proto.AnswerChange change, Proto.Answer answer, Proto.Answer earlier)
    {
        var hasNewEvidence = change.NewEvidenceCount > 0 || change.DeletedEvidenceCount > 0;
        return (answer.Verdict != earlier.Verdict, change.PreviousRootCause.Length > 0, answer.Assurance != earlier.Assurance) switch
        {
            (true, true, _) when HasCause(earlier) => $"{OnVerdict(answer, earlier)} {OnCause(earlier)}",
            (true, _, _) => OnVerdict(answer, earlier),
            (_, true, _) => OnCause(earlier),
            (_, _, true) => $"The cause is the same, now {Certainty(answer.Assurance)}; it was {Certainty(earlier.Assurance)}.",
            _ when hasNewEvidence => "The conclusion is the same.",
            _ => "Nothing changed: the evidence and the conclusion are the same.",
        };
    }

    private static string OnVerdict(Proto.Answer answer, Proto.Answer earlier) =>
        $"The verdict is \"{Words(answer.Verdict)}\"; it was \"{Words(earlier.Verdict)}\".";

    private static string OnCause(Proto.Answer earlier) => $"The answer before was: {SignalText.Sentence(earlier.RootCause)}";

    private static IEnumerable<string> OnLines(Proto.AnswerChange change)
    {
        if (change.NewDecisiveLines.Count > 0)
        {
            var were = change.NewDecisiveLines.Count == 1 ? "was" : "were";
            yield return $"{Count.Of(change.NewDecisiveLines.Count, "decisive line")} {were} not quoted before.";
        }
    }

    private static string Words(Proto.Verdict verdict) => verdict switch
    {
        Proto.Verdict.CauseFound => "cause found",
        Proto.Verdict.ProbableCause => "probable cause",
        Proto.Verdict.NoActiveFailure => "no active failure",
        _ => "not enough evidence",
    };

    private static string Certainty(Proto.Assurance assurance) => assurance switch
    {
        Proto.Assurance.Confirmed => "confirmed",
        Proto.Assurance.Mechanistic => "probable",
        _ => "a possibility",
    };
}
