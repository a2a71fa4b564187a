using FaultMaven.Agents.Turns;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Text;
using Grpc.Core;

namespace FaultMaven.Agents.Reports;

/// <summary>Collects what is kept of a case from the services that keep it.</summary>
internal sealed class CaseMaterialReader(
    SessionService.SessionServiceClient session, Data.DataService.DataServiceClient data, TurnStore turns)
{
    private const int EventsPageSize = 200;
    private const int ParallelReads = 8;
    private const int MaxBuckets = 90;
    private const int MaxSeries = 100;
    private const int MaxPoints = 160;
    private const int MaxLines = 8;
    private const int MaxLineLength = 400;

    /// <exception cref="RpcException">The case does not exist, or a service did not answer; typed for our caller.</exception>
    public async Task<CaseMaterial> ReadAsync(CaseName name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await ServiceCall.To(ResourceNames.Session, ErrorReason.ServiceUnavailable,
                () => session.GetCaseAsync(new() { Name = $"{name}" }, cancellationToken: cancellationToken).ResponseAsync);
            var events = await ReadEventsAsync(name, cancellationToken);
            var turn = TurnName.TryParse(found.LastTurn, out var last) ? await turns.FindAsync(last) : null;
            var lines = turn?.Answer is { } answer ? await ReadLinesAsync(answer, cancellationToken) : [];
            var logRate = await ReadLogRateAsync(name, cancellationToken);
            return new(found, events, turn, lines, logRate, await ReadSeriesAsync(name, cancellationToken));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, $"{name}");
        }
    }

    /// <summary>Whether the case is still there.</summary>
    public async Task<bool> HasCaseAsync(CaseName name, CancellationToken cancellationToken)
    {
        try
        {
            await ServiceCall.To(ResourceNames.Session, ErrorReason.ServiceUnavailable,
                () => session.GetCaseAsync(new() { Name = $"{name}" }, cancellationToken: cancellationToken).ResponseAsync);
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<CaseEvent>> ReadEventsAsync(CaseName name, CancellationToken cancellationToken)
    {
        var events = new List<CaseEvent>();
        var request = new ListCaseEventsRequest { Parent = $"{name}", PageSize = EventsPageSize };
        do
        {
            var page = await ServiceCall.To(ResourceNames.Session, ErrorReason.ServiceUnavailable,
                () => session.ListCaseEventsAsync(request, cancellationToken: cancellationToken).ResponseAsync);
            events.AddRange(page.Events);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return events;
    }

    private async Task<Dictionary<string, IReadOnlyList<string>>> ReadLinesAsync(Proto.Answer answer, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var batch in Citations(answer).DistinctBy(CaseMaterial.Key).Chunk(ParallelReads))
        {
            var read = await Task.WhenAll(batch.Select(citation => ReadLinesAsync(citation, cancellationToken)));
            foreach (var (citation, found) in batch.Zip(read).Where(pair => pair.Second.Count > 0))
            {
                lines[CaseMaterial.Key(citation)] = found;
            }
        }

        return lines;
    }

    private static IEnumerable<Data.Citation> Citations(Proto.Answer answer) => answer.Claims.SelectMany(claim => claim.Citations)
        .Concat(answer.CausalChain.SelectMany(step => step.Citations))
        .Concat(answer.Timeline.SelectMany(entry => entry.Citations))
        .Concat(answer.DecisiveLines.Select(line => line.Citation))
        .Concat(answer.Hypotheses.SelectMany(hypothesis => hypothesis.Links).SelectMany(link => link.Citations));

    // Empty if the evidence was deleted, or has no such lines any more.
    private async Task<IReadOnlyList<string>> ReadLinesAsync(Data.Citation citation, CancellationToken cancellationToken)
    {
        var request = new Data.ReadEvidenceLinesRequest
        {
            Name = citation.Evidence,
            StartLine = citation.StartLine,
            EndLine = Math.Min(Math.Max(citation.StartLine, citation.EndLine), citation.StartLine + MaxLines - 1),
        };
        try
        {
            var read = await ServiceCall.To(ResourceNames.Data, ErrorReason.ServiceUnavailable,
                () => data.ReadEvidenceLinesAsync(request, cancellationToken: cancellationToken).ResponseAsync);
            return [.. read.Lines.Select(line => RedactedText.Cut(line, MaxLineLength))];
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return [];
        }
    }

    private Task<Data.EvidenceTimeline?> ReadLogRateAsync(CaseName name, CancellationToken cancellationToken) =>
        ServiceCall.To(ResourceNames.Data, ErrorReason.ServiceUnavailable, async () =>
        {
            var request = new Data.QueryEvidenceTimelineRequest { Parent = $"{name}", MaxBuckets = MaxBuckets, MaxTemplates = 1 };
            using var call = data.QueryEvidenceTimeline(request, cancellationToken: cancellationToken);
            Data.EvidenceTimeline? counted = null;
            await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                counted = response.Timeline ?? counted;
            }

            counted?.Templates.Clear();
            return counted is { BucketCount: > 0 } ? counted : null;
        });

    private async Task<IReadOnlyList<Data.MetricSeries>> ReadSeriesAsync(CaseName name, CancellationToken cancellationToken)
    {
        var request = new Data.QueryMetricSeriesRequest { Parent = $"{name}", MaxResults = MaxSeries, MaxPoints = MaxPoints };
        var found = await ServiceCall.To(ResourceNames.Data, ErrorReason.ServiceUnavailable,
            () => data.QueryMetricSeriesAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        return found.Series;
    }
}
