using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Proto.CaseGraph> GetCaseGraph(Proto.GetCaseGraphRequest request, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);

        using var place = await reads.EnterAsync(context.CancellationToken);
        var read = await graph.ReadAsync(parent, context.CancellationToken);
        await EnsureExistsIfAsync(read.CalculateSize() == 0, parent, context.CancellationToken);

        return read;
    }
}
