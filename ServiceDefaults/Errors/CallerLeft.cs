using Microsoft.AspNetCore.Connections;

namespace FaultMaven.ServiceDefaults.Errors;

/// <summary>Recognises that a call failed because its caller broke it off, which is neither our failure nor worth a log entry.</summary>
internal static class CallerLeft
{
    /// <summary>
    /// Whether the exception comes from reading a request whose stream was reset or whose connection broke. The call's cancellation token
    /// may be set only after the read has failed, so it is not enough to look at that.
    /// </summary>
    public static bool Is(Exception exception) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        IOException { InnerException: { } inner } => Is(inner),
        IOException { Message: var message } =>
            message.StartsWith("The client reset the request stream", StringComparison.Ordinal)
            || message.StartsWith("The request stream was aborted", StringComparison.Ordinal),
        AggregateException { InnerExceptions: [var only] } => Is(only),
        _ => false,
    };
}
