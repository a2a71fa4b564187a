using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Storage;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Case> CreateCase(Proto.CreateCaseRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var name = new CaseName(TimeOrderedId.New(time.GetUtcNow()).ToString("N"));
        var title = await RedactTitleAsync(name, request.Title, cancellationToken);

        // The index first: a name without a log is skipped in lists, a log without a name would never be listed.
        await index.AddAsync(name, cancellationToken);
        return await log.TryCreateAsync(name, new Proto.CaseCreated { Title = title }, cancellationToken) is { } created
            ? created.ToProto()
            : throw new InvalidOperationException($"There is a case with the new name {name}.");
    }
}
