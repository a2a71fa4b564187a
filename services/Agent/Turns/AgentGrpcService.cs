using FaultMaven.Agents.Catalogue;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.Agents.Turns;

/// <summary>The RPCs of the agent; one file each.</summary>
internal sealed partial class AgentGrpcService(
    TurnStore store,
    TurnEvents events,
    TurnQueue queue,
    CaseMessages messages,
    RedactionService.RedactionServiceClient redaction,
    FailureCatalogue catalogue,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : Proto.AgentService.AgentServiceBase
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    private static string ParseCase(string parent) =>
        TurnName.CaseIdOf(parent) ?? throw RpcFault.InvalidField("parent", "must be the name of a case, `cases/{case}`");

    private static TurnName ParseTurn(string name) => TurnName.TryParse(name, out var turn)
        ? turn.Value
        : throw RpcFault.InvalidField("name", "must be the name of a turn, `cases/{case}/turns/{turn}`");

    private async Task<Proto.Turn> GetAsync(TurnName name) =>
        await store.FindAsync(name) ?? throw RpcFault.NotFound(ErrorReason.TurnNotFound, name.ToString());
}
