using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

/// <summary>Asks Session about cases: evidence is stored only for those that exist and are open.</summary>
internal sealed class CaseLookup(SessionService.SessionServiceClient session)
{
    /// <summary>NOT_FOUND if the case does not exist, FAILED_PRECONDITION if it is closed.</summary>
    public async Task EnsureOpenAsync(CaseName name, CancellationToken cancellationToken)
    {
        var found = await GetAsync(name, cancellationToken);

        if (found.State is Case.Types.State.Closed)
        {
            throw RpcFault.Precondition(
                ErrorReason.CaseStateConflict,
                $"{name} is closed; reopen it to add evidence.",
                ("name", $"{name}"),
                ("state", "STATE_CLOSED"),
                ("allowed", "STATE_INQUIRY,STATE_INVESTIGATING"));
        }
    }

    /// <summary>NOT_FOUND if the case does not exist.</summary>
    public Task EnsureExistsAsync(CaseName name, CancellationToken cancellationToken) => GetAsync(name, cancellationToken);

    private async Task<Case> GetAsync(CaseName name, CancellationToken cancellationToken)
    {
        try
        {
            return await ServiceCall.To(
                ResourceNames.Session,
                ErrorReason.ServiceUnavailable,
                () => session.GetCaseAsync(new() { Name = $"{name}" }, cancellationToken: cancellationToken).ResponseAsync);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound)
        {
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, $"{name}");
        }
    }
}
