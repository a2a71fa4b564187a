using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Query.Signals;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Proto.ListSignalsResponse> ListSignals(Proto.ListSignalsRequest request, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);
        var size = Page.Size(request.PageSize, @default: 200, max: 1_000);
        var list = $"{parent}/signals/{request.KindPrefix}";
        var offset = PageToken.Decode(list, request.PageToken);

        // Recomputed for each page, and in the same order each time: what one file says can change with the next upload.
        var found = (await store.ListSignalsAsync(parent, context.CancellationToken)).Order(SignalOrder.Instance).ToList();
        var signals = CrossEvidence.Reconcile(found)
            .Where(signal => signal.Kind.StartsWith(request.KindPrefix, StringComparison.Ordinal))
            .Order(SignalOrder.Instance)
            .ToList();

        return new Proto.ListSignalsResponse
        {
            Signals = { signals.Skip((int)Math.Min(offset, int.MaxValue)).Take(size) },
            NextPageToken = offset + size < signals.Count ? PageToken.Encode(list, offset + size) : "",
        };
    }
}
