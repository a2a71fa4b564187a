using FaultMaven.Agents.Signals;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

/// <summary>Reads the evidence of a case from the Data service. While that does not answer it is asked again, until the caller gives up.</summary>
internal sealed class CaseEvidence(Data.DataService.DataServiceClient data, Patience patience)
{
    private const int PageSize = 1000;

    // What is beyond is the least severe, and no catalogue needs it.
    private const int MaxSignals = 5000;

    public async Task<CaseSignals> ReadSignalsAsync(string caseName, CancellationToken cancellationToken)
    {
        var signals = new List<Data.Signal>();
        var request = new Data.ListSignalsRequest { Parent = caseName, PageSize = PageSize };
        do
        {
            var page = await patience.KeepAskingAsync(
                ResourceNames.Data, token => data.ListSignalsAsync(request, cancellationToken: token).ResponseAsync, cancellationToken);
            signals.AddRange(page.Signals);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && signals.Count < MaxSignals);

        return new CaseSignals(signals);
    }

    /// <summary>The lines that a citation names. Empty if it does not resolve.</summary>
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
            var read = await patience.KeepAskingAsync(
                ResourceNames.Data, token => data.ReadEvidenceLinesAsync(request, cancellationToken: token).ResponseAsync, cancellationToken);
            return string.Join('\n', read.Lines);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return "";
        }
    }
}
