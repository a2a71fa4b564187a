using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Answers;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Gate;

/// <summary>
/// Lets through only what the evidence supports, from the analyst and from models alike. A claim stays if its citations resolve and the
/// cited text contains its figures and names; the cause is graded by the evidence graph, and the wording may not exceed that grade.
/// </summary>
internal sealed class EvidenceGate(Vocabulary vocabulary)
{
    private const int ParallelReads = 8;

    /// <summary>Checks a draft. What is removed is named in the notes of the answer returned.</summary>
    /// <param name="draft">The draft, by the analyst or by a model.</param>
    /// <param name="conclusion">What the evidence graph supports.</param>
    /// <param name="signals">The signals of the case.</param>
    /// <param name="read">How citations are resolved.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Proto.Answer> PassAsync(
        Proto.Answer draft, Conclusion conclusion, CaseSignals signals, ReadCitation read, CancellationToken cancellationToken)
    {
        var lines = await ReadAllAsync(draft.Claims.SelectMany(claim => claim.Citations)
            .Concat(draft.CausalChain.SelectMany(step => step.Citations))
            .Concat(draft.DecisiveLines.Select(line => line.Citation)), read, cancellationToken);
        var answer = draft.Clone();
        answer.Claims.Clear();
        foreach (var claim in draft.Claims)
        {
            if (Check(claim, signals, lines) is { } problem)
            {
                answer.GateNotes.Add($"Removed: \"{claim.Text}\": {problem}");
            }
            else
            {
                answer.Claims.Add(Resolved(claim, lines));
            }
        }

        Grade(answer, draft, conclusion);
        var supported = new CitedText([.. answer.Claims.Select(claim => claim.Text),
            .. answer.Claims.SelectMany(claim => Evidence(claim, signals, lines))]);
        answer.RootCause = Hold(answer.RootCause, answer, supported);
        KeepSteps(answer, signals, lines);
        KeepQuotes(answer, lines);
        answer.Summary = AnswerText.WithQuotes(
            Hold(answer.Summary, answer, supported), answer.DecisiveLines, line => lines[Key(line.Citation)]);
        answer.Answer_ = Hold(answer.Answer_, answer, supported);
        KeepAffected(answer, new CitedText(lines.Values));
        return answer;
    }

    private static async Task<Dictionary<string, string>> ReadAllAsync(
        IEnumerable<Data.Citation> citations, ReadCitation read, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<string, string>();
        foreach (var batch in citations.DistinctBy(Key).Chunk(ParallelReads))
        {
            var texts = await Task.WhenAll(batch.Select(citation => read(citation, cancellationToken)));
            foreach (var (citation, text) in batch.Zip(texts))
            {
                lines[Key(citation)] = text;
            }
        }

        return lines;
    }

    private string? Check(Proto.Claim claim, CaseSignals signals, Dictionary<string, string> lines)
    {
        if (claim.Citations.Count == 0)
        {
            return "it cites nothing.";
        }

        if (claim.Citations.All(citation => lines[Key(citation)].Length == 0))
        {
            return "its citations do not exist.";
        }

        var missing = new CitedText(Evidence(claim, signals, lines)).Missing(claim.Text, vocabulary.Contains);
        return missing.Count == 0 ? null : $"not supported by its citations ({string.Join(", ", missing)}).";
    }

    // The cited lines, and what the signals found in exactly these lines say about them.
    private static IEnumerable<string> Evidence(Proto.Claim claim, CaseSignals signals, Dictionary<string, string> lines)
    {
        var cited = claim.Citations.Where(citation => lines[Key(citation)].Length > 0).Select(Key).ToHashSet();
        return claim.Citations.Select(citation => lines[Key(citation)])
            .Concat(claim.Citations.Select(citation => citation.FileName))
            .Concat(signals.All
                .Where(signal => signal.Citations.Any(citation => cited.Contains(Key(citation))))
                .SelectMany(signal => signal.Attributes.Values.Append(signal.Summary).Append(signal.Subject)));
    }

    // A step of the chain is a claim too. Without its cause nothing is a chain.
    private void KeepSteps(Proto.Answer answer, CaseSignals signals, Dictionary<string, string> lines)
    {
        var steps = answer.CausalChain.ToList();
        answer.CausalChain.Clear();
        foreach (var step in steps)
        {
            var claim = new Proto.Claim { Text = step.Text, Citations = { step.Citations } };
            if (Check(claim, signals, lines) is null)
            {
                var kept = step.Clone();
                kept.Text = Hedging.Hold(step.Text, answer.Assurance);
                kept.Citations.Clear();
                kept.Citations.AddRange(Resolved(claim, lines).Citations);
                answer.CausalChain.Add(kept);
            }
        }

        if (!answer.CausalChain.Any(step => step.Role == Proto.CausalStep.Types.Role.Cause))
        {
            answer.CausalChain.Clear();
        }
    }

    // A quote stays if the line that it cites has its figures and names.
    private void KeepQuotes(Proto.Answer answer, Dictionary<string, string> lines)
    {
        foreach (var quoted in answer.DecisiveLines.ToList())
        {
            var missing = new CitedText([lines[Key(quoted.Citation)]]).Missing(quoted.Citation.Quote, vocabulary.Contains);
            if (missing.Count > 0)
            {
                answer.DecisiveLines.Remove(quoted);
                answer.GateNotes.Add(
                    $"Removed: \"{quoted.Citation.Quote}\": not in the line that it cites ({string.Join(", ", missing)}).");
            }
        }
    }

    // A thing counts as affected if a cited line names it.
    private void KeepAffected(Proto.Answer answer, CitedText cited)
    {
        foreach (var thing in answer.Affected.Where(thing => cited.Missing(thing, vocabulary.Contains).Count > 0).ToList())
        {
            answer.Affected.Remove(thing);
        }
    }

    private static void Grade(Proto.Answer answer, Proto.Answer draft, Conclusion conclusion)
    {
        var supported = draft.Category == conclusion.Category ? conclusion.Assurance : Proto.Assurance.None;
        if (answer.Assurance > supported)
        {
            answer.GateNotes.Add($"The assurance was lowered from {answer.Assurance} to {supported}: the evidence supports no more.");
            answer.Assurance = supported;
        }

        // The first claim states the cause; without it no other claim explains the failure.
        if (draft.Claims.Count > 0 && !answer.Claims.Any(claim => claim.Text == draft.Claims[0].Text)
            && answer.Assurance > Proto.Assurance.None)
        {
            answer.GateNotes.Add("The assurance was lowered to None: the claim that states the cause was removed.");
            answer.Assurance = Proto.Assurance.None;
        }

        if (answer.Verdict == Proto.Verdict.CauseFound && answer.Assurance == Proto.Assurance.None)
        {
            answer.Verdict = Proto.Verdict.ProbableCause;
        }
    }

    private string Hold(string text, Proto.Answer answer, CitedText supported)
    {
        var kept = new List<string>();
        foreach (var sentence in Sentences.Split(text))
        {
            var missing = IsAdvice(sentence, answer) ? [] : supported.Missing(sentence, vocabulary.Contains);
            if (missing.Count > 0)
            {
                answer.GateNotes.Add($"Removed: \"{sentence}\": not supported by any claim ({string.Join(", ", missing)}).");
                continue;
            }

            var held = answer.Verdict == Proto.Verdict.NoActiveFailure ? sentence : Hedging.Hold(sentence, answer.Assurance);
            if (held != sentence)
            {
                answer.GateNotes.Add($"Reworded: \"{sentence}\" was more certain than the evidence.");
            }

            kept.Add(held);
        }

        return string.Join(' ', kept);
    }

    // Advice of the catalogue states nothing about the system. Only the whole sentence counts: behind a remedy's words anything could
    // follow.
    private static bool IsAdvice(string sentence, Proto.Answer answer) =>
        answer.Remedies.Any(remedy => sentence == AnswerText.FirstStep(remedy))
        || answer.DataRequests.Any(request => sentence == AnswerText.NextRequest(request) || sentence == request.Why);

    private static Proto.Claim Resolved(Proto.Claim claim, Dictionary<string, string> lines) => new()
    {
        Text = claim.Text,
        Citations = { claim.Citations.Where(citation => lines[Key(citation)].Length > 0) },
    };

    private static string Key(Data.Citation citation) => $"{citation.Evidence}#{citation.StartLine}-{citation.EndLine}";
}
