using FaultMaven.Protos;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// Has <see cref="RequestLedger"/> carry out unary calls that change something and have a <c>request_id</c>, in the message or as the
/// header <c>idempotency-key</c>. Streams ask the ledger themselves.
/// </summary>
internal sealed class RequestLedgerInterceptor(RequestLedger ledger) : Interceptor
{
    private const string Field = "request_id";
    private const string Header = "idempotency-key";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (request is not IMessage message
            || message.Descriptor.FindFieldByName(Field) is not { } field
            || Permissions.Find(RequestLedger.MethodOf(context).FullName) is not { Changes: true })
        {
            return await continuation(request, context);
        }

        var given = (string)field.Accessor.GetValue(message);
        var requestId = RequestId.Parse(given.Length > 0 ? given : context.RequestHeaders.GetValue(Header)?.Trim('"') ?? "");
        if (requestId.Length == 0)
        {
            return await continuation(request, context);
        }

        using var content = new RequestContent(message);
        return await ledger.RunAsync(context, requestId, content, () => continuation(request, context));
    }
}
