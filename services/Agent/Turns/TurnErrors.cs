using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace FaultMaven.Agents.Turns;

/// <summary>Why turns end without an answer, in the same form as the errors of calls.</summary>
internal static class TurnErrors
{
    public static Status Cancelled(TurnName turn) => Of(ErrorReason.TurnCancelled, "The turn was cancelled.", ("name", turn.ToString()));

    public static Status ServiceUnavailable(string service, TimeSpan limit) => Of(
        ErrorReason.ServiceUnavailable, $"The {service} service did not answer within {limit}. Ask again once it is available.",
        ("service", service));

    public static Status OutOfTime(TimeSpan limit) =>
        Of(ErrorReason.DeadlineExceeded, $"The turn did not finish within {limit}. Ask again.", ("service", ResourceNames.Agent));

    public static Status Internal() => Of(ErrorReason.Internal, "Internal error; see the agent service's log.");

    /// <summary>The reason in an error. Null if there is no error.</summary>
    public static string? ReasonOf(Status? error) => error?.GetDetail<ErrorInfo>()?.Reason;

    private static Status Of(ErrorReason reason, string message, params ReadOnlySpan<(string Key, string Value)> metadata)
    {
        var info = new ErrorInfo { Domain = RpcFault.Domain, Reason = RpcFault.NameOf(reason) };
        foreach (var (key, value) in metadata)
        {
            info.Metadata[key] = value;
        }

        return new() { Code = (int)RpcFault.StatusOf(reason), Message = message, Details = { Any.Pack(info) } };
    }
}
