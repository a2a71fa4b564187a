using FaultMaven.Agents.Reports;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override async Task<Proto.Report> CreateReport(Proto.CreateReportRequest request, ServerCallContext context)
    {
        var caseName = new CaseName(ParseCase(request.Parent));
        var kind = request.Kind == Proto.Report.Types.Kind.Unspecified ? Proto.Report.Types.Kind.Incident : request.Kind;
        if (!System.Enum.IsDefined(kind))
        {
            throw RpcFault.InvalidField("kind", "must be a kind of report");
        }

        // The same request has the same report, so that a retry finds what an attempt that was cut off has left in the case.
        var derivedId = RequestEntry.Current?.DeriveId();
        var name = new ReportName(caseName, derivedId ?? TimeOrderedId.New(time.GetUtcNow()).ToString("N"));
        if (derivedId is not null && await reports.FindAsync(name) is { } existing)
        {
            return existing;
        }

        var material = await caseMaterial.ReadAsync(caseName, context.CancellationToken);
        var report = ReportComposer.Compose(material, kind);
        report.CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        report.Actor = CallIdentity.Current.Principal.Actor;
        var kept = await reports.AddAsync(name, report);

        // A case that was deleted meanwhile took with it what was kept until then.
        if (!await caseMaterial.HasCaseAsync(caseName, context.CancellationToken))
        {
            await store.DeleteCaseAsync(caseName.Id);
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, $"{caseName}");
        }

        return kept;
    }
}
