using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Memory;
using FaultMaven.Agents.Reports;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;

namespace FaultMaven.Agents.Turns;

/// <summary>The RPCs of the agent; one file each.</summary>
internal sealed partial class AgentGrpcService(
    TurnStore store,
    TurnEvents events,
    TurnQueue queue,
    CaseMessages messages,
    RedactionService.RedactionServiceClient redaction,
    FailureCatalogue catalogue,
    ReportStore reports,
    CaseMaterialReader caseMaterial,
    CaseEvidence evidence,
    CaseMemories memories,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : Proto.AgentService.AgentServiceBase
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    private static string ParseCase(string parent) => NameField.Parse<CaseName>(parent, "parent").Id;

    private static TurnName ParseTurn(string name) => NameField.Parse<TurnName>(name, "name");

    private async Task<Proto.Turn> GetAsync(TurnName name) =>
        await store.FindAsync(name) ?? throw RpcFault.NotFound(ErrorReason.TurnNotFound, name.ToString());
}
