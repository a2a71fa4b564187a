using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    private const int MaxTitleLength = 200;

    private const string UntitledCase = "Untitled case";

    public override async Task<Proto.Case> CreateCase(Proto.CreateCaseRequest request, ServerCallContext context)
    {
        var requestId = ParseRequestId(request.RequestId);
        var now = time.GetUtcNow();
        var name = requestId.Length == 0 ? CaseName.New(now) : CaseName.ForRequest(requestId);

        var redacted = await redaction.RedactAsync(name, request.Title.Trim(), context.CancellationToken);
        var title = redacted switch
        {
            "" => UntitledCase,
            { Length: > MaxTitleLength } => redacted[..MaxTitleLength],
            _ => redacted,
        };

        // The index first: a name without a log is skipped in lists, a log without a name would never be listed.
        await index.AddAsync(name, now);
        var created = new Proto.CaseEvent { CaseCreated = new Proto.CaseCreated { Title = title } };
        if (await log.TryAppendAsync(name, expectedVersion: 0, created, requestId: ""))
        {
            return CaseState.Fold(name, [created]).ToProto();
        }

        var existing = (await GetStateAsync(name)).ToProto();
        return existing.Title == title
            ? existing
            : throw RpcFault.AlreadyExists(
                ErrorReason.RequestIdReused, "request_id was used for a case with another title; choose a new one.", ("request_id", requestId));
    }
}
