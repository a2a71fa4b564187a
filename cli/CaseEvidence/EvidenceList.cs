using FaultMaven.Protos.Data.V1;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>Reads the evidence of a case, page by page.</summary>
internal static class EvidenceList
{
    private const int PageSize = 200;

    public static async Task<List<Evidence>> ReadAllAsync(DataServiceClient data, string parent, CancellationToken cancellationToken)
    {
        var evidence = new List<Evidence>();
        var request = new ListEvidenceRequest { Parent = parent, PageSize = PageSize };

        do
        {
            var response = await data.ListEvidenceAsync(request, cancellationToken: cancellationToken);
            evidence.AddRange(response.Evidence);
            request.PageToken = response.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return evidence;
    }
}
