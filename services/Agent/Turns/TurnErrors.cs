using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.Agents.Turns;

/// <summary>Why turns end without an answer.</summary>
internal static class TurnErrors
{
    public static Proto.TurnFailed Cancelled() => Of(ErrorReason.TurnEnded, "The turn was cancelled.");

    public static Proto.TurnFailed ServiceUnavailable(string service, TimeSpan limit) =>
        Of(ErrorReason.ServiceUnavailable, $"The {service} service did not answer within {limit}. Ask again once it is available.");

    public static Proto.TurnFailed OutOfTime(TimeSpan limit) => Of(ErrorReason.DeadlineExceeded, $"The turn did not finish within {limit}. Ask again.");

    public static Proto.TurnFailed Internal() => Of(ErrorReason.Internal, "Internal error; see the agent service's log.");

    /// <summary>The reason in an error. Null if there is no error.</summary>
    public static string? ReasonOf(Proto.TurnFailed? error) => error?.Reason;

    private static Proto.TurnFailed Of(ErrorReason reason, string message) => new() { Reason = RpcFault.NameOf(reason), Message = message };
}
