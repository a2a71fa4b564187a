using System.Net.Sockets;
using FaultMaven.ServiceDefaults.Settings;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.Standalone;
using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.Cli;

/// <summary>Explains in one sentence what ended a command, and with which exit code.</summary>
internal static class FailureText
{
    public static (ExitCode ExitCode, string Sentence) Explain(Exception exception, bool interrupted) => exception switch
    {
        _ when interrupted => (ExitCode.Interrupted, "Interrupted."),
        CommandFailedException failed => (failed.ExitCode, failed.Message),
        RpcException rpc => ExplainStatus(rpc),
        IOException io when DiskSpace.IsExhausted(io) =>
            (ExitCode.NotWritable, "No space left on the device; free some space and run the command again."),
        SettingsException settings => (ExitCode.Usage, settings.Message),
        DataDirectoryException folder => (ExitCode.NotWritable, folder.Message),
        UnauthorizedAccessException or IOException => (ExitCode.Unreadable, exception.Message),
        SocketException => (ExitCode.Unavailable, $"The service does not answer: {exception.Message}."),
        _ => (ExitCode.Failed,
            $"Internal error ({exception.GetType().Name}: {FirstLine(exception.Message)}); --verbose shows the details."),
    };

    private static (ExitCode ExitCode, string Sentence) ExplainStatus(RpcException exception)
    {
        // The reason of a failed connection is in the innermost exception.
        var detail = FirstLine(exception.Status.DebugException?.GetBaseException() is SocketException socket
            ? socket.Message
            : exception.Status.Detail);

        return exception.StatusCode switch
        {
            _ when IsNotGrpc(exception) => (ExitCode.Unavailable, "The server at the --server address does not speak gRPC."),
            StatusCode.Unavailable => (ExitCode.Unavailable, $"The service is not available: {detail}"),
            StatusCode.DeadlineExceeded => (ExitCode.Unavailable, "The service did not answer in time; try again."),
            StatusCode.Unimplemented => (ExitCode.Unavailable, $"The server does not offer what fm {Version} needs: {detail}"),
            StatusCode.Unauthenticated => (ExitCode.Refused, $"The server does not know who calls: {detail}"),
            StatusCode.ResourceExhausted when IsStorageFull(exception) => (ExitCode.NotWritable, detail),
            StatusCode.ResourceExhausted => (ExitCode.Unavailable, $"The service is at its limit: {detail}"),
            StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss => (ExitCode.Failed, $"The service failed: {detail}"),
            StatusCode.Cancelled => (ExitCode.Unavailable, "The service ended the call; try again."),
            _ => (ExitCode.Refused, FieldsOf(exception) is { Length: > 0 } fields ? $"Refused: {fields}" : $"Refused: {detail}"),
        };
    }

    private static string Version => typeof(FailureText).Assembly.GetName().Version?.ToString(3) ?? "";

    // A server answers there, or the status would be Unavailable.
    private static bool IsNotGrpc(RpcException exception) =>
        exception is { StatusCode: StatusCode.Internal, Status.DebugException: HttpRequestException };

    private static bool IsStorageFull(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason.EndsWith("STORAGE_FULL", StringComparison.Ordinal) == true;

    private static string FieldsOf(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<BadRequest>() is { } request
            ? string.Join("; ", request.FieldViolations.Select(violation => $"{violation.Field} {violation.Description}"))
            : "";

    private static string FirstLine(string text) => text.AsSpan().TrimStart() is var rest && rest.IndexOfAny('\r', '\n') is >= 0 and var end
        ? rest[..end].ToString()
        : text;
}
