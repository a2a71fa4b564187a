using System.Diagnostics;
using FaultMaven.Client;
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

    /// <summary>When to try again what was unavailable.</summary>
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    /// <summary>When to try again what is full: that ends when someone makes room.</summary>
    private static readonly TimeSpan s_fullRetryDelay = TimeSpan.FromSeconds(30);

    private static readonly EnumDescriptor s_reasons =
        ErrorReasonReflection.Descriptor.EnumTypes.Single(e => e.Name == nameof(ErrorReason));

    /// <summary>The name that a reason has in the contract, such as <c>ERROR_REASON_CASE_NOT_FOUND</c>.</summary>
    public static string NameOf(ErrorReason reason) => s_reasons.FindValueByNumber((int)reason).Name;

    /// <summary>The one status code that errors with this reason have, from the contract.</summary>
    public static StatusCode StatusOf(ErrorReason reason) =>
        (StatusCode)(s_reasons.FindValueByNumber((int)reason).GetOptions()?.GetExtension(ErrorReasonExtensions.StatusCode) ?? Code.Unknown);

    /// <summary>The reason that an error from a service carries, or <see cref="ErrorReason.Unspecified"/> if it carries none.</summary>
    public static ErrorReason ReasonOf(RpcException exception) => FaultMavenError.From(exception).Reason;

    /// <summary>INVALID_ARGUMENT about one field.</summary>
    /// <param name="field">Its proto path, such as <c>page_size</c>.</param>
    /// <param name="problem">What is wanted of it, continuing "<c>page_size</c> …".</param>
    public static RpcException InvalidField(string field, string problem) => InvalidField(ErrorReason.InvalidField, field, problem);

    /// <summary>INVALID_ARGUMENT about one field, for its own reason.</summary>
    /// <inheritdoc cref="InvalidField(string, string)"/>
    public static RpcException InvalidField(ErrorReason reason, string field, string problem, params (string Key, string Value)[] metadata)
    {
        var violation = new BadRequest.Types.FieldViolation { Field = field, Description = problem, Reason = NameOf(reason) };
        return Build(
            reason,
            $"{field} {problem}.",
            [("field", field), .. metadata],
            new BadRequest { FieldViolations = { violation } });
    }

    /// <summary>INVALID_ARGUMENT about fields, one or more; the first is the one that the error info names.</summary>
    /// <param name="problems">The path of each, and what is wanted of it.</param>
    public static RpcException InvalidFields(IReadOnlyList<(string Field, string Problem)> problems)
    {
        var request = new BadRequest();
        request.FieldViolations.AddRange(problems.Select(wrong => new BadRequest.Types.FieldViolation
        {
            Field = wrong.Field, Description = wrong.Problem, Reason = NameOf(ErrorReason.InvalidField),
        }));
        return Build(
            ErrorReason.InvalidField,
            $"{string.Join("; ", problems.Select(wrong => $"{wrong.Field} {wrong.Problem}"))}.",
            [("field", problems[0].Field)],
            request);
    }

    /// <summary>INVALID_ARGUMENT for another reason than one field's form.</summary>
    public static RpcException InvalidArgument(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>UNAUTHENTICATED: it is not known who calls.</summary>
    public static RpcException Unauthenticated(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>PERMISSION_DENIED: the caller may not do this, whether or not there is anything to do it to.</summary>
    public static RpcException PermissionDenied(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>NOT_FOUND.</summary>
    public static RpcException NotFound(ErrorReason reason, string name) =>
        Build(reason, $"{name} does not exist.", [("name", name)]);

    /// <summary>NOT_FOUND of what has no name of its own.</summary>
    public static RpcException NotFound(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>FAILED_PRECONDITION: the thing is in a state that does not allow this.</summary>
    public static RpcException Precondition(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>ALREADY_EXISTS.</summary>
    public static RpcException AlreadyExists(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>ABORTED: the caller lost a race.</summary>
    public static RpcException Aborted(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>CANCELLED: the caller or someone else ended the work.</summary>
    public static RpcException Cancelled(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata);

    /// <summary>RESOURCE_EXHAUSTED: something is full until someone makes room. With <c>RetryInfo</c> of 30 seconds.</summary>
    public static RpcException Exhausted(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Exhausted(reason, s_fullRetryDelay, message, metadata);

    /// <summary>RESOURCE_EXHAUSTED, with <c>RetryInfo</c>.</summary>
    public static RpcException Exhausted(
        ErrorReason reason, TimeSpan retryDelay, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata, RetryAfter(retryDelay));

    /// <summary>UNAVAILABLE, with <c>RetryInfo</c> of one second.</summary>
    public static RpcException Unavailable(ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Build(reason, message, metadata, RetryAfter(s_retryDelay));

    /// <summary>UNIMPLEMENTED: the service does not have this method.</summary>
    internal static RpcException Unimplemented(string method) =>
        Build(ErrorReason.MethodNotFound, $"{method} does not exist here.", [("method", method)]);

    /// <summary>DEADLINE_EXCEEDED.</summary>
    /// <param name="service">The name of the service that took too long.</param>
    public static RpcException DeadlineExceeded(string service) =>
        Build(
            ErrorReason.DeadlineExceeded,
            $"{service} did not finish within the deadline; retry with a longer one.",
            [("service", service)]);

    /// <summary>NOT_FOUND: no method of the API has this path.</summary>
    internal static RpcException PathNotFound() =>
        Build(ErrorReason.PathNotFound, "No method has this path; the gateway lists those there are at /openapi.json.", []);

    /// <summary>UNIMPLEMENTED: the path takes other verbs.</summary>
    internal static RpcException VerbNotAllowed(string allowed) =>
        Build(ErrorReason.VerbNotAllowed, $"This path does not take this verb; it takes {allowed}.", [("allowed", allowed)]);

    /// <summary>INTERNAL: our bug. The trace id finds the story in the log.</summary>
    public static RpcException Internal()
    {
        var requestId = Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("N");
        return Build(
            ErrorReason.Internal,
            $"Something went wrong on our side. Report request {requestId}.",
            [("request_id", requestId)],
            new RequestInfo { RequestId = requestId });
    }

    /// <summary>An error that another service gave us and that is ours too, with its details.</summary>
    public static RpcException PassOn(RpcException exception) => new RpcFaultException(exception.Status, exception.Trailers);

    private static RetryInfo RetryAfter(TimeSpan delay) => new() { RetryDelay = Duration.FromTimeSpan(delay) };

    // The status code comes from the reason, so that one reason always has one.
    private static RpcFaultException Build(
        ErrorReason reason, string message, (string Key, string Value)[] metadata, IMessage? detail = null)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = NameOf(reason) };
        foreach (var (key, value) in metadata)
        {
            info.Metadata[key] = value;
        }

        var status = new RpcStatus { Code = (int)StatusOf(reason), Message = message, Details = { Any.Pack(info) } };
        if (detail is not null)
        {
            status.Details.Add(Any.Pack(detail));
        }

        var exception = status.ToRpcException();
        return new RpcFaultException(exception.Status, exception.Trailers);
    }
}
