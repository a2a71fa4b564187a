using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Case> UpdateCase(Proto.UpdateCaseRequest request, ServerCallContext context)
    {
        var given = request.Case ?? throw RpcFault.InvalidField("case", "must be set");
        var name = NameField.Parse<CaseName>(given.Name, "case.name");
        var state = await GetStateAsync(name, context.CancellationToken);
        EntityTag.EnsureMatch(given.Name, given.Etag, state.ETag);
        var fields = FieldsOf(request);
        if (fields.Count == 0)
        {
            return state.ToProto();
        }

        var details = await PrepareAsync(name, given, fields, context.CancellationToken);
        var updated = await log.AppendAsync(name, Decide, added => added.State.ToProto(), context.CancellationToken);
        return updated?.State.ToProto() ?? throw NotFound(name);

        IReadOnlyList<Proto.CaseEvent> Decide(CaseState current)
        {
            EntityTag.EnsureMatch(given.Name, given.Etag, current.ETag);
            return [new Proto.CaseEvent { CaseUpdated = CaseFields.UpdateOf(details, fields) }];
        }
    }

    private static IReadOnlyList<string> FieldsOf(Proto.UpdateCaseRequest request)
    {
        var paths = request.UpdateMask?.Paths ?? [];
        if (paths.FirstOrDefault(path => path != CaseFields.Everything && !CaseFields.All.Contains(path)) is { } other)
        {
            throw RpcFault.InvalidField(
                "update_mask", $"must not hold {other}; only {string.Join(", ", CaseFields.All)} can be changed");
        }

        if (paths.Count == 0)
        {
            return CaseFields.SetIn(request.Case);
        }

        return paths.Contains(CaseFields.Everything) ? CaseFields.All : [.. paths.Distinct()];
    }
}
