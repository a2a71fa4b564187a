using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>A call that is written down before it changes anything, and when it has ended.</summary>
/// <param name="store">Where.</param>
/// <param name="tenant">In whose log.</param>
/// <param name="began">The entry of the beginning, as far as it is known without the request.</param>
internal sealed class AuditedCall(AuditStore store, string tenant, AuditEntry began)
{
    private const string RequestIdField = "request_id";

    private readonly List<string> _names = [];
    private long? _sequence;

    /// <summary>
    /// Writes down that it begins; returns once that is durable. Only the first time counts: of a stream, the first request.
    /// </summary>
    /// <exception cref="StateStoreException">It could not be written down; nothing may be changed.</exception>
    public async Task BeginAsync(object? request)
    {
        if (_sequence is not null)
        {
            return;
        }

        if (request is IMessage message)
        {
            AuditResources.Find(message, _names);
            began.Resources.Add(_names);
            if (message.Descriptor.FindFieldByName(RequestIdField) is { FieldType: FieldType.String } field
                && field.Accessor.GetValue(message) is string id && Requests.RequestId.IsValid(id))
            {
                began.RequestId = id;
            }
        }

        _sequence = await store.AppendAsync(tenant, began);
    }

    /// <summary>Takes the names of resources in what the caller is answered with.</summary>
    public void Answer(object answer)
    {
        if (answer is IMessage message)
        {
            AuditResources.Find(message, _names);
        }
    }

    /// <summary>Writes down how it ended; returns once that is durable.</summary>
    /// <param name="exception">What it failed with.</param>
    /// <param name="callerLeft">Whether the caller does not wait for it any more.</param>
    public async Task EndAsync(Exception? exception, bool callerLeft)
    {
        // A stream of which nothing was read.
        await BeginAsync(null);
        var ended = new AuditEntry
        {
            Kind = AuditEntry.Types.Kind.Ended,
            Actor = began.Actor,
            Via = began.Via,
            Method = began.Method,
            TraceId = began.TraceId,
            BreakGlassReason = began.BreakGlassReason,
            BeganSequence = _sequence!.Value,
            Resources = { _names.Except(began.Resources) },
        };
        AuditTrail.SetOutcome(ended, exception switch
        {
            null => null,
            RpcException fault => fault,
            OperationCanceledException => new RpcException(new Status(StatusCode.Cancelled, "")),
            _ when callerLeft => new RpcException(new Status(StatusCode.Cancelled, "")),
            _ => new RpcException(new Status(StatusCode.Unknown, "")),
        });
        await store.AppendAsync(tenant, ended);
    }
}
