using FaultMaven.Protos.Errors.V1;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.Client;

/// <summary>Why a call failed, read from the details of its status.</summary>
/// <param name="Code">The status code.</param>
/// <param name="Reason">
/// The reason; <see cref="ErrorReason.Unspecified"/> if it carries none, or one that this version does not know.
/// </param>
/// <param name="Message">For people.</param>
/// <param name="Metadata">The facts of the reason, by the keys that the contract gives for it.</param>
/// <param name="Fields">What is wrong with which fields, by their paths in the request.</param>
/// <param name="RetryAfter">When calling again makes sense; null if the server does not say.</param>
/// <param name="RequestId">What to report where the failure is a bug; null otherwise.</param>
public sealed record FaultMavenError(
    StatusCode Code,
    ErrorReason Reason,
    string Message,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<FieldProblem> Fields,
    TimeSpan? RetryAfter,
    string? RequestId)
{
    private static readonly EnumDescriptor s_reasons = ErrorReasonReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(ErrorReason));

    /// <summary>Reads it; also from failures that did not come from FaultMaven, such as a server that is not there.</summary>
    public static FaultMavenError From(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var status = exception.GetRpcStatus();
        var info = status?.GetDetail<ErrorInfo>();
        return new FaultMavenError(
            exception.StatusCode,
            ParseReason(info?.Reason),
            status?.Message ?? exception.Status.Detail,
            info?.Metadata.ToDictionary() ?? [],
            [.. status?.GetDetail<BadRequest>()?.FieldViolations.Select(field => new FieldProblem(field.Field, field.Description)) ?? []],
            status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
            status?.GetDetail<RequestInfo>()?.RequestId);
    }

    /// <summary>The reason of a name in the contract, such as <c>ERROR_REASON_CASE_NOT_FOUND</c>.</summary>
    public static ErrorReason ParseReason(string? name) =>
        name is not null && s_reasons.FindValueByName(name) is { } value ? (ErrorReason)value.Number : ErrorReason.Unspecified;
}
