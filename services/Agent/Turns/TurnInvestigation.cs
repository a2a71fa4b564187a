using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Answers;
using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Gate;
using FaultMaven.Agents.Memory;
using FaultMaven.Agents.Models;
using FaultMaven.Protos.Names;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Turns;

/// <summary>Runs the investigation of one turn, from its evidence to the answer that passed the gate.</summary>
internal sealed class TurnInvestigation(
    FailureCatalogue catalogue, EvidenceGate gate, CaseEvidence evidence, KnowledgeSearch knowledge, ModelInvestigator model,
    TurnStore store, CaseMemories memories, IOptions<MemoryOptions> memoryOptions)
{
    private const int EarlierTurns = 20;

    /// <summary>Investigates, and adds every step to <paramref name="journal"/>.</summary>
    /// <returns>The answer.</returns>
    public async Task<Proto.Answer> RunAsync(TurnName name, Proto.Turn turn, TurnJournal journal, CancellationToken cancellationToken)
    {
        var investigation = new Investigation(catalogue);
        journal.Add(investigation.Begin());
        await journal.FlushAsync();

        var earlier = await EarlierTurnsAsync(name);

        // Listed before the signals are read: a file that is added meanwhile is new to the next turn.
        var listed = await evidence.ListFilesAsync($"{name.Case}", cancellationToken);
        var signals = await evidence.ReadSignalsAsync($"{name.Case}", cancellationToken);
        journal.Add(Call("signals", $"{name.Case}",
            $"{Count.Of(signals.All.Count, "signal")}, {signals.Symptoms.Count()} of them active symptoms."));
        var memory = await memories.ReadAsync(name.Case, listed, name, cancellationToken);

        // What this turn says is its question.
        var facts = memory.Facts.Where(fact => fact.Turn != $"{name}").ToList();
        var asked = FollowUp.Complete(turn.Question, earlier.Select(each => each.Question), signals);
        var keyLines = await evidence.FindKeyLinesAsync($"{name.Case}", asked, cancellationToken);
        journal.Add(Call("key_lines", asked, $"{Count.Of(keyLines.Count, "line")} found that bear on the question."));
        var files = new FilesRead(listed, signals, keyLines);
        foreach (var step in investigation.Study(signals, asked, files.KeyLines))
        {
            journal.Add(step);
        }

        await journal.FlushAsync();

        var query = string.Join(' ', investigation.Hypotheses.Take(2).Select(hypothesis => hypothesis.Mode.KnowledgeQuery)
            .Prepend(asked));
        var found = await knowledge.FindAsync(query, cancellationToken);
        journal.Add(Call(
            "knowledge_search",
            query,
            found is null ? "Not available; the answer is based on the evidence alone." : $"{Count.Of(found.Count, "document")} found."));

        var draft = AnswerDraft.Write(turn.Question, investigation, [.. (found ?? []).Select(passage => passage.Reference)],
            [.. earlier.Select(each => each.Answer)]);
        var answer = await gate.PassAsync(draft, investigation.Conclusion, signals, evidence.ReadCitationAsync, cancellationToken);
        journal.Add(Call(
            "read_evidence", Count.Of(draft.Claims.Sum(claim => claim.Citations.Count), "citation"),
            Supported(answer.Claims.Count, draft.Claims.Count)));
        if (model.IsUsed)
        {
            await journal.FlushAsync();
            var window = MemoryWindow.Choose(facts, memory.Conclusions, earlier, asked, memoryOptions.Value.Tokens);
            answer = await AskModelAsync(name, asked, investigation, found ?? [], window, draft, answer, journal, cancellationToken);
        }

        FillIn(answer);
        if (facts.Count > 0)
        {
            var near = EarlierInTheCase.AddTo(answer, turn.Question, facts);
            journal.Add(Call("memory", turn.Question, $"{near} of {Count.Of(facts.Count, "fact")} bear on the question."));
        }

        files.Record(answer);
        if (earlier is [.., var before])
        {
            answer.SinceLastAnswer = AnswerComparison.Compare(before, answer, files);
        }

        foreach (var sentence in Sentences.Split(answer.Summary))
        {
            journal.Add(new() { TextAdded = new() { Text = $"{sentence} " } });
        }

        return answer;
    }

    // The model's draft passes the same gate; it is taken only if it is supported as well as the analyst's answer.
    private async Task<Proto.Answer> AskModelAsync(
        TurnName name,
        string asked,
        Investigation investigation,
        IReadOnlyList<KnowledgePassage> found,
        MemoryWindow window,
        Proto.Answer draft,
        Proto.Answer analyst,
        TurnJournal journal,
        CancellationToken cancellationToken)
    {
        var graph = await evidence.ReadGraphAsync($"{name.Case}", cancellationToken);
        journal.Add(Call("graph", $"{name.Case}",
            $"{Count.Of(graph.Objects.Count, "object")}, {Count.Of(graph.Relations.Count, "relation")}."));
        if (window.Tokens > 0)
        {
            journal.Add(Call("memory_window", asked,
                $"{Count.Of(window.Turns.Count, "turn")}, {Count.Of(window.Facts.Count, "fact")} and "
                + $"{Count.Of(window.Conclusions.Count, "conclusion")} in {window.Tokens} tokens."));
        }

        var material = new ModelMaterial(asked, investigation, graph, found, window);
        var proposed = await model.DraftAsync($"{name.Case}", material, draft, cancellationToken);
        if (proposed is null)
        {
            journal.Add(Call("model", model.Id, "No usable answer; the analyst's answer is given."));
            return analyst;
        }

        var passed = await gate.PassAsync(proposed, investigation.Conclusion, investigation.Signals, evidence.ReadCitationAsync,
            cancellationToken);
        var isTaken = passed.Category == analyst.Category
            && passed.Assurance >= analyst.Assurance
            && passed.Claims.Count > 0
            && passed.RootCause.Length > 0
            && passed.Summary.Length > 0;
        journal.Add(Call(
            "model",
            model.Id,
            $"{Supported(passed.Claims.Count, proposed.Claims.Count)} {(isTaken ? "Its" : "The analyst's")} answer is given."));
        if (isTaken)
        {
            return passed;
        }

        analyst.GateNotes.Add($"{model.Id}'s answer was discarded: it claims more than the evidence supports.");
        analyst.GateNotes.AddRange(passed.GateNotes);
        return analyst;
    }

    // The gate may have removed every sentence; an answer always says something.
    private static void FillIn(Proto.Answer answer)
    {
        answer.RootCause = answer.RootCause.Length > 0 ? answer.RootCause : $"{AnswerText.Unknown}.";
        answer.Summary = answer.Summary.Length > 0 ? answer.Summary : answer.RootCause;
    }

    // The list is in the order in which turns were created. A turn that runs again must not see those that came after it.
    private async Task<IReadOnlyList<Proto.Turn>> EarlierTurnsAsync(TurnName name)
    {
        var turns = await store.ListAsync(name.Case.Id, -EarlierTurns, EarlierTurns);
        var own = turns.Index().LastOrDefault(entry => entry.Item.Name == $"{name}").Index;
        return [.. turns.Take(own).Where(turn => turn.Answer is not null)];
    }

    private static string Supported(int kept, int claims) =>
        $"{kept} of {Count.Of(claims, "claim")} {(claims == 1 ? "is" : "are")} supported by citations.";

    private static Proto.TurnEvent Call(string tool, string input, string outcome) =>
        new() { ToolCall = new() { Tool = tool, Input = input, Outcome = outcome } };
}
