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
        var given = request.Case;
        var name = NameField.Parse<CaseName>(given.Name, "case.name");
        var state = await GetStateAsync(name, context.CancellationToken);
        EntityTag.EnsureMatch(given.Name, given.Etag, state.ETag);
        if (!ChangesTitle(request))
        {
            return state.ToProto();
        }

        var title = await RedactTitleAsync(name, given.Title, context.CancellationToken);
        var updated = await log.AppendAsync(name, Decide, added => added.State.ToProto(), context.CancellationToken);
        return updated?.State.ToProto() ?? throw NotFound(name);

        IReadOnlyList<Proto.CaseEvent> Decide(CaseState current)
        {
            EntityTag.EnsureMatch(given.Name, given.Etag, current.ETag);
            return [new Proto.CaseEvent { CaseUpdated = new Proto.CaseUpdated { Title = title } }];
        }
    }

    private static bool ChangesTitle(Proto.UpdateCaseRequest request)
    {
        var paths = request.UpdateMask?.Paths ?? [];
        if (paths.FirstOrDefault(path => path is not ("title" or "*")) is { } other)
        {
            throw RpcFault.InvalidField("update_mask", $"must not hold {other}; only title can be changed");
        }

        return paths.Count > 0 || request.Case.Title.Length > 0;
    }
}
