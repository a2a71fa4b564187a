using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override Task<Proto.Report> GetReport(Proto.GetReportRequest request, ServerCallContext context) =>
        FindReportAsync(request.Name);

    private async Task<Proto.Report> FindReportAsync(string given)
    {
        var name = NameField.Parse<ReportName>(given, "name");
        return await reports.FindAsync(name) ?? throw RpcFault.NotFound(ErrorReason.ReportNotFound, $"{name}");
    }
}
