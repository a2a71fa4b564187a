using System.Collections.Concurrent;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Tests.Hosting;

/// <summary>A Session in which every case exists and is open, unless a test says otherwise.</summary>
internal sealed class ScriptedSession : SessionService.SessionServiceBase
{
    private readonly ConcurrentDictionary<string, Case.Types.State> _states = new();

    /// <summary>Sets the state of a case; unspecified for one that does not exist.</summary>
    public void Set(string name, Case.Types.State state) => _states[name] = state;

    public override Task<Case> GetCase(GetCaseRequest request, ServerCallContext context) =>
        _states.GetValueOrDefault(request.Name, Case.Types.State.Inquiry) is var state and not Case.Types.State.Unspecified
            ? Task.FromResult(new Case { Name = request.Name, State = state })
            : throw RpcFault.NotFound(ErrorReason.CaseNotFound, request.Name);
}
