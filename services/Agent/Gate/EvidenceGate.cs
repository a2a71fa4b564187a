using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Gate;

/// <summary>
/// Lets through only what evidence carries, whoever wrote it. A claim stays if its citations resolve and what they cite contains its
/// figures and names; the cause is graded by the evidence graph, and the wording is held to that grade.
/// </summary>
internal sealed class EvidenceGate(Vocabulary vocabulary)
{
    private const int ParallelReads = 8;

    /// <summary>Passes a draft. What is struck is named in the notes of the answer returned.</summary>
    /// <param name="draft">The draft, by the analyst or by a model.</param>
    /// <param name="conclusion">What the evidence graph carries.</param>
    /// <param name="signals">The signals of the case.</param>
    /// <param name="read">How citations are resolved.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Proto.Answer> PassAsync(
        Proto.Answer draft, Conclusion conclusion, CaseSignals signals, ReadCitation read, CancellationToken cancellationToken)
    {
        var lines = await ReadAllAsync(draft.Claims.SelectMany(claim => claim.Citations), read, cancellationToken);
        var answer = draft.Clone();
        answer.Claims.Clear();
        foreach (var claim in draft.Claims)
        {
            if (Check(claim, signals, lines) is { } problem)
            {
                answer.GateNotes.Add($"Struck: \"{claim.Text}\" {problem}");
            }
            else
            {
                answer.Claims.Add(Resolved(claim, lines));
            }
        }

        Grade(answer, draft, conclusion);
        var carried = new CitedText([.. answer.Claims.Select(claim => claim.Text), .. answer.Claims.SelectMany(claim => Evidence(claim, signals, lines))]);
        answer.RootCause = Hold(answer.RootCause, answer, carried);
        answer.Summary = Hold(answer.Summary, answer, carried);
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
            return "cites nothing.";
        }

        if (claim.Citations.All(citation => lines[Key(citation)].Length == 0))
        {
            return "cites what does not exist.";
        }

        var lacking = new CitedText(Evidence(claim, signals, lines)).Lacking(claim.Text, vocabulary.Contains);
        return lacking.Count == 0 ? null : $"says what its citations do not: {string.Join(", ", lacking)}.";
    }

    // What is cited, and what the signals found in exactly these lines say of them.
    private static IEnumerable<string> Evidence(Proto.Claim claim, CaseSignals signals, Dictionary<string, string> lines)
    {
        var cited = claim.Citations.Where(citation => lines[Key(citation)].Length > 0).Select(Key).ToHashSet();
        return claim.Citations.Select(citation => lines[Key(citation)])
            .Concat(claim.Citations.Select(citation => citation.FileName))
            .Concat(signals.All
                .Where(signal => signal.Citations.Any(citation => cited.Contains(Key(citation))))
                .SelectMany(signal => signal.Attributes.Values.Append(signal.Summary).Append(signal.Subject)));
    }

    private static void Grade(Proto.Answer answer, Proto.Answer draft, Conclusion conclusion)
    {
        var carried = draft.Category == conclusion.Category ? conclusion.Assurance : Proto.Assurance.None;
        if (answer.Assurance > carried)
        {
            answer.GateNotes.Add($"The assurance was lowered from {answer.Assurance} to {carried}: the evidence carries no more.");
            answer.Assurance = carried;
        }

        // The first claim is the cause; without it nothing that is left says why.
        if (draft.Claims.Count > 0 && !answer.Claims.Any(claim => claim.Text == draft.Claims[0].Text) && answer.Assurance > Proto.Assurance.None)
        {
            answer.GateNotes.Add("The assurance was lowered to None: the claim that states the cause was struck.");
            answer.Assurance = Proto.Assurance.None;
        }

        if (answer.Assurance < Proto.Assurance.Confirmed && answer.Verdict == Proto.Verdict.CauseFound && answer.Assurance == Proto.Assurance.None)
        {
            answer.Verdict = Proto.Verdict.ProbableCause;
        }
    }

    private string Hold(string text, Proto.Answer answer, CitedText carried)
    {
        var kept = new List<string>();
        foreach (var sentence in Sentences.Split(text))
        {
            // The last two sentences of a summary speak of what to do; they state nothing about the system.
            var lacking = answer.Remedies.Any(remedy => sentence.Contains(SignalText.Clause(remedy.Action)[1..], StringComparison.Ordinal))
                || answer.DataRequests.Any(request => sentence.Contains(request.What[1..], StringComparison.Ordinal) || sentence == request.Why)
                ? []
                : carried.Lacking(sentence, vocabulary.Contains);
            if (lacking.Count > 0)
            {
                answer.GateNotes.Add($"Struck: \"{sentence}\" says what no claim carries: {string.Join(", ", lacking)}.");
                continue;
            }

            var held = answer.Verdict == Proto.Verdict.NoActiveFailure ? sentence : Hedging.Hold(sentence, answer.Assurance);
            if (held != sentence)
            {
                answer.GateNotes.Add($"Softened: \"{sentence}\" was surer than the evidence.");
            }

            kept.Add(held);
        }

        return string.Join(' ', kept);
    }

    private static Proto.Claim Resolved(Proto.Claim claim, Dictionary<string, string> lines) => new()
    {
        Text = claim.Text,
        Citations = { claim.Citations.Where(citation => lines[Key(citation)].Length > 0) },
    };

    private static string Key(Data.Citation citation) => $"{citation.Evidence}#{citation.StartLine}-{citation.EndLine}";
}
