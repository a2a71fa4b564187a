using System.Net.Sockets;
using FaultMaven.Standalone;
using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.Cli;

/// <summary>Says in one sentence what ended a command, and with which exit code.</summary>
internal static class FailureText
{
    // errno of a full disk and of an exhausted quota, as .NET passes them on in HResult on Linux and macOS; Windows has its own two.
    private static readonly HashSet<int> s_noSpace = [28, 69, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static (ExitCode ExitCode, string Sentence) Explain(Exception exception, bool interrupted) => exception switch
    {
        _ when interrupted => (ExitCode.Interrupted, "Interrupted."),
        CommandFailedException failed => (failed.ExitCode, failed.Message),
        RpcException rpc => ExplainStatus(rpc),
        IOException io when s_noSpace.Contains(io.HResult) => (ExitCode.NotWritable, "No space left on the device; free some, then run it again."),
        DataDirectoryException folder => (ExitCode.NotWritable, folder.Message),
        FileNotFoundException or DirectoryNotFoundException => (ExitCode.Unreadable, exception.Message),
        UnauthorizedAccessException or IOException => (ExitCode.Unreadable, exception.Message),
        SocketException => (ExitCode.Unavailable, $"The service does not answer: {exception.Message}."),
        _ => (ExitCode.Failed, $"fm failed unexpectedly ({exception.GetType().Name}: {FirstLine(exception.Message)}); --verbose shows the details."),
    };

    private static (ExitCode ExitCode, string Sentence) ExplainStatus(RpcException exception)
    {
        // A connection that failed says why only underneath.
        var detail = FirstLine(exception.Status.DebugException?.GetBaseException() is SocketException socket ? socket.Message : exception.Status.Detail);

        return exception.StatusCode switch
        {
            _ when IsNoGrpc(exception) => (ExitCode.Unavailable, "What answers at the address given with --server does not speak gRPC; fm serve has JSON on the port after gRPC's."),
            StatusCode.Unavailable => (ExitCode.Unavailable, $"The service is not available: {detail}"),
            StatusCode.DeadlineExceeded => (ExitCode.Unavailable, "The service did not answer in time; try again."),
            StatusCode.Unimplemented => (ExitCode.Unavailable, $"The server does not offer what fm {Version} needs: {detail}"),
            StatusCode.ResourceExhausted when IsStorageFull(exception) => (ExitCode.NotWritable, detail),
            StatusCode.ResourceExhausted => (ExitCode.Unavailable, $"The service is at its limit: {detail}"),
            StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss => (ExitCode.Failed, $"The service failed: {detail}"),
            StatusCode.Cancelled => (ExitCode.Unavailable, "The service ended the call; try again."),
            _ => (ExitCode.Refused, FieldsOf(exception) is { Length: > 0 } fields ? $"Refused: {fields}" : $"Refused: {detail}"),
        };
    }

    private static string Version => typeof(FailureText).Assembly.GetName().Version?.ToString(3) ?? "";

    // Something answers there, or the status would be Unavailable.
    private static bool IsNoGrpc(RpcException exception) =>
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
