using FaultMaven.Reports;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override async Task<Proto.RenderReportResponse> RenderReport(Proto.RenderReportRequest request, ServerCallContext context)
    {
        if (!Enum.IsDefined(request.Format))
        {
            throw RpcFault.InvalidField("format", "must be a format of reports");
        }

        var document = ReportDocument.Of(await FindReportAsync(request.Name), request.Format);
        return new()
        {
            Content = UnsafeByteOperations.UnsafeWrap(document.ToBytes()),
            MediaType = document.MediaType,
            FileName = document.FileName,
        };
    }
}
