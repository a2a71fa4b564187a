using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Answers;
using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Gate;
using FaultMaven.Agents.Models;

namespace FaultMaven.Agents.Turns;

/// <summary>Runs the investigation of one turn, from its evidence to the answer that passed the gate.</summary>
internal sealed class TurnInvestigation(
    FailureCatalogue catalogue, EvidenceGate gate, CaseEvidence evidence, KnowledgeSearch knowledge, ModelInvestigator model, TurnStore store)
{
    private const int EarlierTurns = 20;

    /// <summary>Investigates, telling <paramref name="journal"/> of every step.</summary>
    /// <returns>The answer.</returns>
    public async Task<Proto.Answer> RunAsync(TurnName name, Proto.Turn turn, TurnJournal journal, CancellationToken cancellationToken)
    {
        var investigation = new Investigation(catalogue);
        await journal.AddAsync(investigation.Begin());

        var signals = await evidence.ReadSignalsAsync(name.Case, cancellationToken);
        await journal.AddAsync(Call("signals", name.Case, $"{signals.All.Count} signals, {signals.Symptoms.Count()} of them symptoms that still hold."));
        foreach (var step in investigation.Study(signals))
        {
            await journal.AddAsync(step);
        }

        var query = string.Join(' ', investigation.Hypotheses.Take(2).Select(hypothesis => hypothesis.Mode.KnowledgeQuery).Prepend(turn.Question));
        var found = await knowledge.FindAsync(query, cancellationToken);
        await journal.AddAsync(Call("knowledge_search", query, found is null ? "Not available; the answer rests on the evidence alone." : $"{found.Count} documents."));

        var draft = AnswerDraft.Write(investigation, [.. (found ?? []).Select(passage => passage.Reference)], await EarlierAnswersAsync(name));
        var answer = await gate.PassAsync(draft, investigation.Conclusion, signals, evidence.ReadCitationAsync, cancellationToken);
        await journal.AddAsync(Call("read_evidence", $"{draft.Claims.Sum(claim => claim.Citations.Count)} citations", $"{answer.Claims.Count} of {draft.Claims.Count} claims are carried."));
        if (model.IsConfigured)
        {
            answer = await AskModelAsync(name, turn, investigation, found ?? [], draft, answer, journal, cancellationToken);
        }

        foreach (var sentence in Sentences.Split(answer.Summary))
        {
            await journal.AddAsync(new() { TextAdded = new() { Text = $"{sentence} " } });
        }

        return answer;
    }

    // The model's draft passes the same gate; it is taken only if it is no less carried than the analyst's answer.
    private async Task<Proto.Answer> AskModelAsync(
        TurnName name,
        Proto.Turn turn,
        Investigation investigation,
        IReadOnlyList<KnowledgePassage> found,
        Proto.Answer draft,
        Proto.Answer analyst,
        TurnJournal journal,
        CancellationToken cancellationToken)
    {
        var proposed = await model.DraftAsync(name.Case, turn.Question, investigation, found, draft, cancellationToken);
        if (proposed is null)
        {
            await journal.AddAsync(Call("model", model.Id, "No usable answer; the analyst's is given."));
            return analyst;
        }

        var passed = await gate.PassAsync(proposed, investigation.Conclusion, investigation.Signals, evidence.ReadCitationAsync, cancellationToken);
        var carried = passed.Category == analyst.Category && passed.Assurance >= analyst.Assurance && passed.Claims.Count > 0 && passed.RootCause.Length > 0 && passed.Summary.Length > 0;
        await journal.AddAsync(Call("model", model.Id, $"{passed.Claims.Count} of {proposed.Claims.Count} claims are carried; {(carried ? "its" : "the analyst's")} answer is given."));
        if (carried)
        {
            return passed;
        }

        analyst.GateNotes.Add($"The answer of {model.Id} was not used: it claims more than the evidence carries.");
        analyst.GateNotes.AddRange(passed.GateNotes);
        return analyst;
    }

    private async Task<IReadOnlyList<Proto.Answer>> EarlierAnswersAsync(TurnName name)
    {
        var turns = await store.ListAsync(name.CaseId, -EarlierTurns, EarlierTurns);
        return [.. turns.Where(turn => turn.Name != name.ToString() && turn.Answer is not null).Select(turn => turn.Answer)];
    }

    private static Proto.TurnEvent Call(string tool, string input, string outcome) => new() { ToolCall = new() { Tool = tool, Input = input, Outcome = outcome } };
}
