using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Agents.Tests.Turns;

/// <summary>A Data service that holds what a test gives it, and answers when the test lets it.</summary>
public sealed class ScriptedData : DataService.DataServiceBase
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Signal> Signals { get; } = [];

    public List<Evidence> Evidence { get; } = [];

    /// <summary>The questions that lines were looked for.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>Must be completed before signals are listed; is from the start unless a test takes another.</summary>
    public TaskCompletionSource Gate { get; set; } = Open();

    /// <summary>How many calls fail as unavailable before the first is answered.</summary>
    public int Away { get; set; }

    /// <summary>Completes once signals were asked for.</summary>
    public Task Asked => _asked.Task;

    public override async Task<ListSignalsResponse> ListSignals(ListSignalsRequest request, ServerCallContext context)
    {
        _asked.TrySetResult();
        if (Away > 0)
        {
            Away--;
            throw RpcFault.Unavailable(ErrorReason.ServiceUnavailable, "away");
        }

        await Gate.Task.WaitAsync(context.CancellationToken);
        return new() { Signals = { Signals } };
    }

    public override Task<ListEvidenceResponse> ListEvidence(ListEvidenceRequest request, ServerCallContext context) =>
        Task.FromResult(new ListEvidenceResponse { Evidence = { Evidence } });

    public override Task<FindKeyLinesResponse> FindKeyLines(FindKeyLinesRequest request, ServerCallContext context)
    {
        Questions.Add(request.Question);
        return Task.FromResult(new FindKeyLinesResponse());
    }

    /// <summary>How the objects of the case are related.</summary>
    public CaseGraph Graph { get; } = new();

    public override Task<CaseGraph> GetCaseGraph(GetCaseGraphRequest request, ServerCallContext context) => Task.FromResult(Graph);

    public override Task<ReadEvidenceLinesResponse> ReadEvidenceLines(ReadEvidenceLinesRequest request, ServerCallContext context)
    {
        var quotes = Signals.SelectMany(signal => signal.Citations)
            .Where(citation => citation.Evidence == request.Name && citation.StartLine >= request.StartLine
                && citation.StartLine <= request.EndLine)
            .Select(citation => citation.Quote);
        return Task.FromResult(new ReadEvidenceLinesResponse { StartLine = request.StartLine, Lines = { quotes.Take(1) } });
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}

/// <summary>A Redaction service that knows one secret.</summary>
public sealed class ScriptedRedaction : RedactionService.RedactionServiceBase
{
    public const string Secret = "hunter2hunter2";

    public bool Down { get; set; }

    /// <summary>Whether it screens, as one does that is not older than this.</summary>
    public bool Screens { get; set; } = true;

    /// <summary>How many texts were redacted.</summary>
    public int Calls { get; private set; }

    public override Task<RedactTextResponse> RedactText(RedactTextRequest request, ServerCallContext context)
    {
        Calls++;
        return Down
            ? throw RpcFault.Unavailable(ErrorReason.ServiceUnavailable, "down")
            : Task.FromResult(new RedactTextResponse { Text = request.Text.Replace(Secret, "<SECRET_1>", StringComparison.Ordinal),
                Screened = Screens });
    }

    public override async Task<BatchRedactTextResponse> BatchRedactText(BatchRedactTextRequest request, ServerCallContext context) => new()
    {
        Results = { await Task.WhenAll(request.Texts.Select(text => RedactText(new() { Scope = request.Scope, Text = text }, context))) },
    };
}

/// <summary>A Knowledge service with one runbook, or none that answers.</summary>
public sealed class ScriptedKnowledge : KnowledgeService.KnowledgeServiceBase
{
    public bool Down { get; set; }

    public override Task<SearchDocumentsResponse> SearchDocuments(SearchDocumentsRequest request, ServerCallContext context) => Down
        ? throw RpcFault.Unavailable(ErrorReason.ServiceUnavailable, "down")
        : Task.FromResult(new SearchDocumentsResponse
        {
            Answered = true,
            Hits = { new SearchHit { Document = "documents/d1", Path = "runbooks/memory.md", Title = "Memory", StartLine = 3, EndLine = 9,
                Score = 1 } },
        });
}
