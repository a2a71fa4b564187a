using System.Diagnostics;
using FaultMaven.Protos.Errors.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace FaultMaven.ServiceDefaults.Errors;

/// <summary>Builds every error that a service answers with: a <c>google.rpc.Status</c> with an <c>ErrorInfo</c> that says why.</summary>
public static class RpcFault
{
    /// <summary>The domain in <c>ErrorInfo</c>.</summary>
    public const string Domain = "faultmaven";

    private static readonly Duration s_retryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));

    private static readonly EnumDescriptor s_reasons = ErrorReasonReflection.Descriptor.EnumTypes.Single(e => e.Name == nameof(ErrorReason));

    /// <summary>The name that a reason has in the contract, such as <c>ERROR_REASON_CASE_NOT_FOUND</c>.</summary>
    public static string NameOf(ErrorReason reason) => s_reasons.FindValueByNumber((int)reason).Name;

    /// <summary>The reason that an error from a service carries, or <see cref="ErrorReason.Unspecified"/> if it carries none.</summary>
    public static ErrorReason ReasonOf(RpcException exception)
    {
        var name = exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;
        return name is not null && s_reasons.FindValueByName(name) is { } value ? (ErrorReason)value.Number : ErrorReason.Unspecified;
    }

    /// <summary>INVALID_ARGUMENT about one field.</summary>
    /// <param name="field">Its proto path, such as <c>page_size</c>.</param>
    /// <param name="problem">What is wanted of it, continuing "<c>page_size</c> …".</param>
    public static RpcException InvalidField(string field, string problem)
    {
        var violation = new BadRequest.Types.FieldViolation { Field = field, Description = problem };
        return Build(
            StatusCode.InvalidArgument,
            ErrorReason.InvalidField,
            $"{field} {problem}.",
            [("field", field)],
            new BadRequest { FieldViolations = { violation } });
    }

    /// <summary>INVALID_ARGUMENT for another reason than one field's form.</summary>
    public static RpcException InvalidArgument(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(StatusCode.InvalidArgument, reason, message, metadata);

    /// <summary>PERMISSION_DENIED: the caller may not do this, whether or not there is anything to do it to.</summary>
    public static RpcException PermissionDenied(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(StatusCode.PermissionDenied, reason, message, metadata);

    /// <summary>NOT_FOUND.</summary>
    public static RpcException NotFound(ErrorReason reason, string name) =>
        Build(StatusCode.NotFound, reason, $"{name} does not exist.", [("name", name)]);

    /// <summary>FAILED_PRECONDITION: the thing is in a state that does not allow this.</summary>
    public static RpcException Precondition(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(StatusCode.FailedPrecondition, reason, message, metadata);

    /// <summary>ALREADY_EXISTS.</summary>
    public static RpcException AlreadyExists(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(StatusCode.AlreadyExists, reason, message, metadata);

    /// <summary>ABORTED: the caller lost a race.</summary>
    public static RpcException Aborted(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(StatusCode.Aborted, reason, message, metadata);

    /// <summary>RESOURCE_EXHAUSTED: something is full.</summary>
    public static RpcException Exhausted(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(StatusCode.ResourceExhausted, reason, message, metadata);

    /// <summary>UNAVAILABLE, with <c>RetryInfo</c>.</summary>
    public static RpcException Unavailable(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(StatusCode.Unavailable, reason, message, metadata, new RetryInfo { RetryDelay = s_retryDelay });

    /// <summary>DEADLINE_EXCEEDED.</summary>
    /// <param name="service">Who took too long.</param>
    public static RpcException DeadlineExceeded(string service) =>
        Build(
            StatusCode.DeadlineExceeded,
            ErrorReason.DeadlineExceeded,
            $"{service} did not finish within the deadline; retry with a longer one.",
            [("service", service)]);

    /// <summary>INTERNAL: our bug. The trace id finds the story in the log.</summary>
    public static RpcException Internal()
    {
        var requestId = Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("N");
        return Build(
            StatusCode.Internal,
            ErrorReason.Internal,
            $"Something went wrong on our side. Report request {requestId}.",
            [("request_id", requestId)],
            new RequestInfo { RequestId = requestId });
    }

    private static RpcFaultException Build(
        StatusCode code, ErrorReason reason, string message, (string Key, string Value)[] metadata, IMessage? detail = null)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = NameOf(reason) };
        foreach (var (key, value) in metadata)
        {
            info.Metadata[key] = value;
        }

        var status = new RpcStatus { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
        if (detail is not null)
        {
            status.Details.Add(Any.Pack(detail));
        }

        var exception = status.ToRpcException();
        return new RpcFaultException(exception.Status, exception.Trailers);
    }
}
