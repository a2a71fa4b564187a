using FaultMaven.Agents.Signals;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Reads the evidence of a case from the Data service. While that is unavailable the call is repeated, until it is cancelled.
/// </summary>
internal sealed class CaseEvidence(Data.DataService.DataServiceClient data, RetryPolicy retry)
{
    private const int PageSize = 1000;
    private const int FilesPageSize = 200;
    private const int MaxKeyLines = 16;

    // The signals after these are the least severe, and no failure mode needs them.
    private const int MaxSignals = 5000;

    public async Task<CaseSignals> ReadSignalsAsync(string caseName, CancellationToken cancellationToken)
    {
        var signals = new List<Data.Signal>();
        var request = new Data.ListSignalsRequest { Parent = caseName, PageSize = PageSize };
        do
        {
            var page = await retry.CallAsync(
                ResourceNames.Data, token => data.ListSignalsAsync(request, cancellationToken: token).ResponseAsync, cancellationToken);
            signals.AddRange(page.Signals);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && signals.Count < MaxSignals);

        return new CaseSignals(signals);
    }

    /// <summary>The files of a case, oldest first. Archives are left out; what was in them is there.</summary>
    public async Task<IReadOnlyList<Data.Evidence>> ListFilesAsync(string caseName, CancellationToken cancellationToken)
    {
        var files = new List<Data.Evidence>();
        var request = new Data.ListEvidenceRequest { Parent = caseName, PageSize = FilesPageSize };
        do
        {
            var page = await retry.CallAsync(
                ResourceNames.Data, token => data.ListEvidenceAsync(request, cancellationToken: token).ResponseAsync, cancellationToken);
            files.AddRange(page.Evidence.Where(file => file.Archive is null));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return files;
    }

    /// <summary>The lines that bear on a question, the most telling first.</summary>
    public async Task<IReadOnlyList<Data.KeyLine>> FindKeyLinesAsync(string caseName, string question, CancellationToken cancellationToken)
    {
        var request = new Data.FindKeyLinesRequest { Parent = caseName, Question = question, MaxResults = MaxKeyLines };
        var found = await retry.CallAsync(
            ResourceNames.Data, token => data.FindKeyLinesAsync(request, cancellationToken: token).ResponseAsync, cancellationToken);

        return found.KeyLines;
    }

    /// <summary>How the objects of a case are related.</summary>
    public Task<Data.CaseGraph> ReadGraphAsync(string caseName, CancellationToken cancellationToken)
    {
        var request = new Data.GetCaseGraphRequest { Parent = caseName };
        return retry.CallAsync(
            ResourceNames.Data, token => data.GetCaseGraphAsync(request, cancellationToken: token).ResponseAsync, cancellationToken);
    }

    /// <summary>The lines that a citation points to, joined by line feeds. Empty if it does not resolve.</summary>
    public async Task<string> ReadCitationAsync(Data.Citation citation, CancellationToken cancellationToken)
    {
        var request = new Data.ReadEvidenceLinesRequest
        {
            Name = citation.Evidence,
            StartLine = citation.StartLine,
            EndLine = Math.Max(citation.StartLine, citation.EndLine),
        };
        try
        {
            var read = await retry.CallAsync(
                ResourceNames.Data, token => data.ReadEvidenceLinesAsync(request, cancellationToken: token).ResponseAsync,
                cancellationToken);
            return string.Join('\n', read.Lines);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return "";
        }
    }
}
