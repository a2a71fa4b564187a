using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Case> CreateCase(Proto.CreateCaseRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var requestId = RequestId.Parse(request.RequestId);
        var name = await index.ReserveAsync(requestId, time.GetUtcNow(), cancellationToken);
        var title = await RedactTitleAsync(name, "title", request.Title, cancellationToken);

        // The index first: a name without a log is skipped in lists, a log without a name would never be listed.
        await index.AddAsync(name, cancellationToken);
        if (await log.TryCreateAsync(name, new Proto.CaseCreated { Title = title }, cancellationToken) is { } created)
        {
            return created.ToProto();
        }

        // Its title may have been changed since; what it was created with is its first event.
        var first = (await log.ReadAsync(name, afterVersion: 0, count: 1, cancellationToken)).SingleOrDefault();
        return first?.CaseCreated?.Title == title
            ? (await GetStateAsync(name, cancellationToken)).ToProto()
            : throw RequestLedger.Reused(requestId);
    }
}
