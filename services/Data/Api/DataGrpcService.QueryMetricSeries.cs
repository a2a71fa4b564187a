using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Proto.QueryMetricSeriesResponse> QueryMetricSeries(
        Proto.QueryMetricSeriesRequest request, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);

        using var place = await reads.EnterAsync(context.CancellationToken);
        var series = await metrics.ReadAsync(
            parent,
            request.Metric,
            CountOf(request.MaxResults, @default: 20, max: 100),
            CountOf(request.MaxPoints, @default: 120, max: 1_000),
            context.CancellationToken);
        await EnsureExistsIfAsync(series.Count == 0, parent, context.CancellationToken);

        return new() { Series = { series } };
    }
}
