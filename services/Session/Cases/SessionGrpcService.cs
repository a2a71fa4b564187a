using System.Text.RegularExpressions;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

/// <summary>The RPCs on cases, one file each.</summary>
internal sealed partial class SessionGrpcService(
    CaseLog log, CaseIndex index, CaseRedaction redaction, TimeProvider time, IHostApplicationLifetime lifetime)
    : Proto.SessionService.SessionServiceBase
{
    private const int DefaultPageSize = 50;

    private const int MaxPageSize = 200;

    private static CaseName ParseCaseName(string name, string field) =>
        CaseName.TryParse(name, out var result) ? result : throw RpcFault.InvalidField(field, "must look like cases/{case}");

    private static string ParseRequestId(string requestId) =>
        requestId.Length == 0 || RequestId().IsMatch(requestId) ? requestId : throw RpcFault.InvalidField("request_id", "must be 1 to 64 letters, digits or hyphens");

    private async Task<CaseState> GetStateAsync(CaseName name) =>
        await log.FindAsync(name) ?? throw RpcFault.NotFound(ErrorReason.CaseNotFound, name.ToString());

    private static RpcException ClosedFault(CaseState state) => RpcFault.Precondition(
        ErrorReason.CaseStateConflict,
        $"{state.Name} is closed; create a new case.",
        ("name", state.Name.ToString()),
        ("state", state.State.ToString()),
        ("allowed", ""));

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex RequestId();
}
