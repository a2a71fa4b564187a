using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Tenants;
using FaultMaven.ServiceDefaults.Text;
using FaultMaven.Sessions.Cases.Listing;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

/// <summary>The RPCs on cases, one file each.</summary>
internal sealed partial class SessionGrpcService(
    CaseLog log,
    CaseLister lister,
    CaseRedaction redaction,
    TenantOptions<CaseOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
    : Proto.SessionService.SessionServiceBase
{
    private const int DefaultPageSize = 50;

    private const int MaxPageSize = 200;

    private const int MaxTitleLength = 200;

    private const string UntitledCase = "Untitled case";

    private async Task<CaseState> GetStateAsync(CaseName name, CancellationToken cancellationToken) =>
        await log.FindAsync(name, cancellationToken) ?? throw NotFound(name);

    private async Task<string> RedactTitleAsync(CaseName name, string given, CancellationToken cancellationToken)
    {
        var redacted = await redaction.RedactAsync(name, given.Trim(), cancellationToken);
        return redacted.Length == 0 ? UntitledCase : RedactedText.Cut(redacted, MaxTitleLength);
    }

    private static RpcException NotFound(CaseName name) => RpcFault.NotFound(ErrorReason.CaseNotFound, name.ToString());

    private static RpcException ClosedFault(CaseState state) => StateFault(
        state,
        "is closed; reopen it, or create a new case.",
        Proto.Case.Types.State.Inquiry,
        Proto.Case.Types.State.Investigating);

    private static RpcException StateFault(CaseState state, string problem, params Proto.Case.Types.State[] allowed) =>
        RpcFault.Precondition(
            ErrorReason.CaseStateConflict,
            $"{state.Name} {problem}",
            ("name", state.Name.ToString()),
            ("state", ContractNames.Of(state.State)),
            ("allowed", string.Join(", ", allowed.Select(ContractNames.Of))));
}
