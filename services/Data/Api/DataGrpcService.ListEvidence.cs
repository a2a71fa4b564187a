using System.Globalization;
using FaultMaven.Data.Store;
using FaultMaven.ServiceDefaults.Filtering;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private static readonly FilterSchema<Proto.Evidence> s_evidenceFields = new FilterSchema<Proto.Evidence>()
        .Text("file_name", evidence => evidence.FileName)
        .Enum("type", evidence => evidence.Type)
        .Number("confidence", evidence => evidence.Confidence)
        .Number("size_bytes", evidence => evidence.SizeBytes)
        .Number("line_count", evidence => evidence.LineCount)
        .Number("signal_count", evidence => evidence.SignalCount)
        .Time("create_time", evidence => evidence.CreateTime?.ToDateTimeOffset())
        .Time("start_time", evidence => evidence.StartTime?.ToDateTimeOffset())
        .Time("end_time", evidence => evidence.EndTime?.ToDateTimeOffset())
        .Text("source_archive", evidence => evidence.SourceArchive)
        .Flag("needs_confirmation", evidence => evidence.NeedsConfirmation);

    public override async Task<Proto.ListEvidenceResponse> ListEvidence(Proto.ListEvidenceRequest request, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);
        var page = KeysetPage.Of(request, @default: 50, max: 200);
        var matches = s_evidenceFields.Parse(request.Filter);
        var response = new Proto.ListEvidenceResponse();
        var after = page.IsFirst ? null : new EvidencePlace(page.Number(0), page.Text(1));

        while (true)
        {
            var (found, next) = await listing.ListAsync(parent, after, page.Size, context.CancellationToken);

            foreach (var evidence in found.Where(matches))
            {
                if (response.Evidence.Count == page.Size)
                {
                    response.NextPageToken = TokenAfter(response.Evidence[^1]);

                    return response;
                }

                response.Evidence.Add(evidence);
            }

            if (next is null)
            {
                await EnsureExistsIfAsync(response.Evidence.Count == 0, parent, context.CancellationToken);

                return response;
            }

            after = next;
        }

        string TokenAfter(Proto.Evidence evidence) => page.NextToken(
            evidence.CreateTime.ToDateTimeOffset().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ParseName(evidence.Name).Id);
    }
}
